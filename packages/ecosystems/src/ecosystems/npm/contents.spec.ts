import { tarGzOf } from '../../testing';
import { contents } from './contents';
import { parsePublish } from './publish-request';

const manifest = {
  name: '@acme/demo',
  version: '1.2.0-rc.1+build',
  description: 'Says hello',
  license: { type: 'MIT' },
  repository: { url: 'https://code.example/demo.git' },
  keywords: ['greeting', 1],
  dependencies: { left: '^1.2', right: 'npm:@acme/right@~2.0', bare: 'npm:other' },
  devDependencies: { check: '*' },
};
const tarball = tarGzOf({ 'package/package.json': JSON.stringify(manifest) });

it('publishes a prerelease under a tag of its own, with the version as npm spells it', () => {
  const request = contents.toRequest('', tarball);
  if (!request.ok) throw new Error();
  expect(request.value.path).toBe('/@acme%2fdemo');
  expect(parsePublish('@acme/demo', request.value.body)).toMatchObject({
    ok: true,
    value: { name: '@acme/demo', version: '1.2.0-rc.1', tags: { next: '1.2.0-rc.1' } },
  });
});

it('describes it in neutral words', () => {
  expect(contents.describe(manifest)).toEqual({
    summary: 'Says hello',
    license: 'MIT',
    homepage: '',
    repository: 'https://code.example/demo.git',
    keywords: ['greeting'],
    categories: [],
    dependencies: [
      { name: 'left', requirement: '^1.2', kind: 'runtime' },
      { name: '@acme/right', requirement: '~2.0', kind: 'runtime' },
      { name: 'other', requirement: '', kind: 'runtime' },
      { name: 'check', requirement: '*', kind: 'dev' },
    ],
  });
});
