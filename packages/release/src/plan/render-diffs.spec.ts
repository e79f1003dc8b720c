import { loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import { createReleasePlanner } from './release-planner';

const files = {
  'core/Cargo.toml': '[package]\nname = "core"\nversion = "1.2.0"\n',
  'app/Cargo.toml':
    '[package]\nname = "app"\nversion = "1.0.0"\n\n[dependencies]\ncore = { path = "../core", version = "=1.2.0" }\n',
};

it('shows each package with its reason and its lines, and dependents that are not released', () => {
  const planner = createReleasePlanner(loadFiles(files), memoryReader(files));
  planner.setVersion('core', '2.0.0', { kind: 'asked', text: 'the given specifier `major`' });
  const release = planner.settle();
  if (!release.ok) throw release.problems[0];
  expect(release.value.diffs()).toBe(
    [
      'cargo:core 1.2.0 → 2.0.0: the given specifier `major`',
      '--- a/core/Cargo.toml',
      '+++ b/core/Cargo.toml',
      '@@ -1,3 +1,3 @@',
      ' [package]',
      ' name = "core"',
      '-version = "1.2.0"',
      '+version = "2.0.0"',
      '',
      'app/Cargo.toml, which is not released',
      '  because core 1.2.0 → 2.0.0 violates =1.2.0',
      '--- a/app/Cargo.toml',
      '+++ b/app/Cargo.toml',
      '@@ -3,4 +3,4 @@',
      ' version = "1.0.0"',
      ' ',
      ' [dependencies]',
      '-core = { path = "../core", version = "=1.2.0" }',
      '+core = { path = "../core", version = "=2.0.0" }',
    ].join('\n'),
  );
});
