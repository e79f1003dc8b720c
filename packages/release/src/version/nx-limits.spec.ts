import { droppedSpecifier, uncomparable, type NxGroup } from './nx-limits';

it('a specifier that Nx drops is refused before Nx goes by something else', () => {
  expect(droppedSpecifier('v0.1.8.3')).toMatchObject({ code: 'FORGE-V009' });
  for (const fine of [undefined, 'patch', 'v1.2.3', '0.1.8.3'])
    expect(droppedSpecifier(fine)).toBeUndefined();
});

const group = (name: string, isFixed: boolean): NxGroup => ({
  ...{ name, isFixed, mayStay: true },
  projects: [name],
});

it.each([
  [true, 'FORGE-C009'],
  [false, undefined],
])('versions that Nx cannot compare: a dependent group that is fixed: %s', (isFixed, code) => {
  const groups = [group('gem', false), group('app', isFixed)];
  const asked = { project: 'gem', versions: ['0.1.8.2'] };
  const dependencies = (project: string): string[] => (project === 'app' ? ['gem'] : []);
  expect(uncomparable(asked, () => groups, dependencies)?.code).toBe(code);
});
