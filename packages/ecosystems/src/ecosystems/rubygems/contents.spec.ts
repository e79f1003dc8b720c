import { contents } from './contents';

it('describes all files of a version in neutral words', () => {
  const gem = (requirements: string[]) => ({
    platform: 'ruby',
    dependencies: [{ name: 'left', requirements }],
    ruby: [],
    rubygems: [],
  });
  const metadata = {
    summary: '',
    description: 'Says hello',
    homepage: 'https://demo.example',
    licenses: ['MIT', 'Ruby'],
    authors: [],
    gems: { 'demo-1.gem': gem(['~> 1.2', '>= 1.2.3']), 'demo-1-java.gem': gem(['~> 1.2']) },
  };
  expect(contents.describe(metadata)).toMatchObject({
    summary: 'Says hello',
    license: 'MIT, Ruby',
    homepage: 'https://demo.example',
    dependencies: [{ name: 'left', kind: 'runtime' }],
  });
});
