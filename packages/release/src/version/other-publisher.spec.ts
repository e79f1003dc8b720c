import { loadFiles } from '../graph/testing/memory-workspace';
import type { ProjectModel } from '../graph/model';
import { otherPublisher } from './other-publisher';

const crate = '[package]\nname = "beacon-core"\nversion = "1.0.0"\n';
const json = '{"name":"beacon","version":"1.0.0"}';
const project = (files: Record<string, string>): ProjectModel =>
  loadFiles(files).projects.get('beacon') as ProjectModel;
const both = project({ 'beacon/Cargo.toml': crate, 'beacon/package.json': json });
const publishedBy = (executor: string) => ({ 'nx-release-publish': { executor } });

describe('who publishes a project', () => {
  it('is warned of where Nx would leave a package out', () => {
    expect(otherPublisher(both, publishedBy('@nx/js:release-publish'))?.render()).toMatch(
      /^FORGE-C005 .* for `beacon`, which leaves out `beacon-core`\n {2}--> beacon\/Cargo\.toml\n/,
    );
  });

  it.each([
    ['ours', both, '@forge/release:publish'],
    ['one that the user chose', both, 'nx:run-commands'],
    [
      'Nx, and nothing else is there',
      project({ 'beacon/package.json': json }),
      '@nx/js:release-publish',
    ],
    [
      'Nx, and the other package is private',
      project({ 'beacon/package.json': json, 'beacon/Cargo.toml': `${crate}publish = false\n` }),
      '@nx/js:release-publish',
    ],
  ])('is fine when it is %s', (_, model, executor) => {
    expect(otherPublisher(model, publishedBy(executor))).toBeUndefined();
  });
});
