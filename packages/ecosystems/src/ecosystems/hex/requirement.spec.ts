import { requirements, satisfies } from './requirement';
import { elixirTable } from './testing/elixir-tables';

function rewrite(requirement: string, version: string, policy: 'violated' | 'always'): string {
  const found = requirements.rewrite(requirement, version, policy);
  return found.ok ? found.value : found.problems.map(({ code }) => code).join();
}

describe('requirements, as Elixir matches them', () => {
  const [[, ...versions] = [], ...rows] = elixirTable('matched');
  const [unread, read] = [true, false].map((isError) =>
    rows.filter(([, first]) => (first === 'error') === isError),
  ) as [typeof rows, typeof rows];

  it.each(read)('%j', (requirement = '', ...answers) => {
    const found = versions.map((version) => {
      const [usual, strict] = [true, false].map((allowPre) =>
        satisfies(requirement, version, allowPre),
      );
      if (!usual?.ok || !strict?.ok) return 'error';
      return strict.value ? 'y' : usual.value ? 'p' : '-';
    });
    expect(found).toEqual(answers);
  });

  it.each(unread)('%j is none', (requirement = '') => {
    const refused = { ok: false, problems: [{ code: 'FORGE-V003' }] };
    expect(satisfies(requirement, '1.0.0')).toMatchObject(refused);
    expect(requirements.rewrite(requirement, '1.0.0', 'always')).toMatchObject(refused);
  });

  const rewritten = read.flatMap(([requirement = '']) =>
    versions.flatMap((version) =>
      (['violated', 'always'] as const).flatMap((policy) => {
        const result = requirements.rewrite(requirement, version, policy);
        return result.ok ? [{ requirement, version, policy, result: result.value }] : [];
      }),
    ),
  );
  const takes = (requirement: string, version = ''): boolean => {
    const found = satisfies(requirement, version);
    return found.ok && found.value;
  };

  it('take the new version once they are rewritten', () => {
    expect(rewritten.filter(({ version, result }) => !takes(result, version))).toEqual([]);
  });

  it('stay as they are where they take it, unless the policy is always', () => {
    const kept = rewritten.filter(
      ({ requirement, version, policy }) => policy === 'violated' && takes(requirement, version),
    );
    expect(kept.filter(({ requirement, result }) => requirement !== result)).toEqual([]);
  });

  it('keep all their branches', () => {
    const branched = rewritten.filter(
      ({ requirement, policy }) => / or /.test(requirement) && policy === 'violated',
    );
    const lost = branched.filter(({ requirement, result }) =>
      versions.some((version) => takes(requirement, version) && !takes(result, version)),
    );
    expect(lost).toEqual([]);
  });

  it('keep an upper bound', () => {
    const bounded = rewritten.filter(
      ({ requirement, version }) =>
        /^(?!.*(?: or |!)).*(?:~>|<)/.test(requirement) && version.startsWith('1.'),
    );
    expect(bounded.length).toBeGreaterThan(100);
    expect(bounded.filter(({ result }) => takes(result, versions.at(-1)))).toEqual([]);
  });
});

describe('what the new version violates is widened', () => {
  it.each<[string, string, string]>([
    ['~> 1.2', '1.3.0', '~> 1.2'],
    ['~> 1.2', '2.0.0', '~> 2.0'],
    ['~> 1.2', '2.3.4', '~> 2.3'],
    ['~> 1.2.3', '1.2.9', '~> 1.2.3'],
    ['~> 1.2.3', '1.3.1', '~> 1.3.1'],
    ['~> 1.2', '2.0.0-rc.1', '~> 2.0-rc.1'],
    ['~> 2.0-rc.1', '2.0.0', '~> 2.0-rc.1'],
    ['~> 1.2', '2.0.1-rc.1', '~> 2.0'],
    ['~> 1.2.0', '1.3.0-rc.1', '~> 1.3.0-rc.1'],
    ['== 1.2.0', '1.3.0', '== 1.3.0'],
    ['1.2.0', '1.3.0', '1.3.0'],
    ['==1.2.0', '1.3.0+7', '==1.3.0+7'],
    ['>= 1.2.0 and < 2.0.0', '2.1.0', '>= 1.2.0 and < 3.0.0'],
    ['>= 1.2.0 and < 2.0.0-0', '2.1.0', '>= 1.2.0 and < 3.0.0-0'],
    ['>= 1.2.0 and < 1.3.0', '1.4.2', '>= 1.2.0 and < 1.5.0'],
    ['>= 1.2.0 and < 1.3.5', '1.4.2', '>= 1.2.0 and < 1.4.3'],
    ['>= 1.2.0 and <= 1.9.0', '2.1.0', '>= 1.2.0 and <= 2.1.0'],
    ['~> 1.2 and >= 1.2.3 or ~> 2.0', '1.3.0', '~> 1.2 and >= 1.2.3 or ~> 2.0'],
    ['~> 1.2 or ~> 2.0', '3.1.0', '~> 1.2 or ~> 2.0 or ~> 3.1'],
    ['~> 1.2  or  ~> 2.0.0', '2.1.4', '~> 1.2  or  ~> 2.0.0 or ~> 2.1.4'],
    ['== 1.2.0 or == 1.3.0', '1.4.0', '== 1.2.0 or == 1.3.0 or == 1.4.0'],
    [
      '~> 1.0 or >= 2.0.0 and < 3.0.0',
      '3.1.0',
      '~> 1.0 or >= 2.0.0 and < 3.0.0 or >= 3.1.0 and < 4.0.0',
    ],
    ['~> 1.2  and  >= 1.2.3', '2.0.0', '~> 2.0  and  >= 1.2.3'],
    ['> 2.0.0', '1.0.0', 'FORGE-V004'],
    ['!= 1.3.0', '1.3.0', 'FORGE-V004'],
    ['~> 1.2 and != 2.0.0', '2.0.0', 'FORGE-V004'],
  ])('%s for %s: %s', (requirement, version, expected) => {
    expect(rewrite(requirement, version, 'violated')).toBe(expected);
  });
});

describe('the lower bound is always raised', () => {
  it.each<[string, string, string]>([
    ['~> 1.2', '1.3.0', '~> 1.3'],
    ['~> 1.2', '1.2.9', '~> 1.2'],
    ['~> 1.2.0', '1.2.5', '~> 1.2.5'],
    ['>= 1.2.0 and < 2.0.0', '1.3.0', '>= 1.3.0 and < 2.0.0'],
    ['~> 1.2 or ~> 2.0', '2.4.0', '~> 1.2 or ~> 2.4'],
    ['~> 1.2 or ~> 2.0', '1.4.0', '~> 1.4 or ~> 2.0'],
    ['> 1.0.0', '1.3.0', '> 1.0.0'],
    ['== 1.3.0', '1.3.0', '== 1.3.0'],
    ['<= 1.9.0', '1.3.0', '<= 1.9.0'],
  ])('%s for %s: %s', (requirement, version, expected) => {
    expect(rewrite(requirement, version, 'always')).toBe(expected);
  });
});

// As hexpm shows it beside a package: `HexpmWeb.PackageView.snippet_version/2`.
it.each([
  ['1.2.3', '~> 1.2'],
  ['0.3.0', '~> 0.3.0'],
  ['2.0.0-rc.1', '~> 2.0.0-rc.1'],
  ['1.2.3+7', '~> 1.2'],
])('the usual requirement on %s is %s, which takes it', (version, expected) => {
  expect(requirements.default(version)).toBe(expected);
  expect(satisfies(expected, version)).toEqual({ ok: true, value: true });
});
