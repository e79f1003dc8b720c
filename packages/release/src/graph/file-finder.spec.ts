import { ecosystems } from '@forge/ecosystems';
import { fileFinder } from './file-finder';
import { ownFileMatcher } from './manifest-files';

const files = [
  'b/Cargo.lock',
  'a/x.gemfile',
  'Cargo.lock',
  'a/Gemfile',
  'a/b.gemfile',
  'a/Gemfile.lock',
];

it('finds files by their base names, and by how they end', () => {
  const find = fileFinder(files);
  expect(find('Cargo.lock')).toEqual(['Cargo.lock', 'b/Cargo.lock']);
  expect(find('*.gemfile')).toEqual(['a/b.gemfile', 'a/x.gemfile']);
  expect(find('lock')).toEqual([]);
});

it('takes manifests and their companions for own files, and nothing that was installed', () => {
  const isOwn = ownFileMatcher(ecosystems);
  const own = ['app/package.json', 'app/yarn.lock', 'gems/app.gemfile.lock', 'app/x.gemspec'];
  const others = ['app/node_modules/x/yarn.lock', 'vendor/bundle/x/Gemfile', 'app/README.md'];
  expect([...own, ...others].filter(isOwn)).toEqual(own);
});
