import { contents } from './contents';

it('describes it in neutral words', () => {
  const metadata = {
    summary: 'Says hello',
    license: 'MIT',
    keywords: 'greeting, hello',
    classifiers: ['Topic :: Text Processing', 'Programming Language :: Python'],
    project_urls: ['Homepage, https://demo.example', 'Source Code, https://code.example/a,b'],
    requires_dist: ['left>=1.2,<2', "right[small] ; extra == 'all'"],
  };
  expect(contents.describe(metadata)).toEqual({
    summary: 'Says hello',
    license: 'MIT',
    homepage: 'https://demo.example',
    repository: 'https://code.example/a,b',
    keywords: ['greeting', 'hello'],
    categories: ['Text Processing'],
    dependencies: [
      { name: 'left', requirement: '>=1.2,<2', kind: 'runtime' },
      { name: 'right', requirement: '', kind: 'optional' },
    ],
  });
});
