import { contents } from './contents';

it('describes it in neutral words', () => {
  const requirement = { app: 'left', repository: 'hexpm' };
  const metadata = {
    description: 'Says hello',
    licenses: ['MIT'],
    requirements: [
      { ...requirement, name: 'left', requirement: '~> 1.2', optional: false },
      { ...requirement, name: 'right', requirement: '>= 0.0.0', optional: true },
    ],
  };
  expect(contents.describe(metadata)).toMatchObject({
    summary: 'Says hello',
    license: 'MIT',
    dependencies: [
      { name: 'left', requirement: '~> 1.2', kind: 'runtime' },
      { name: 'right', requirement: '>= 0.0.0', kind: 'optional' },
    ],
  });
});
