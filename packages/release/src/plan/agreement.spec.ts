import { ecosystems } from '@forge/ecosystems';
import { normalizeFollowers } from '../configuration/followers';
import { plainOptions } from '../configuration/group-options';
import type { ReleaseGroup } from '../configuration/release-group';
import { fixture, loadFiles, memoryReader, type Files } from '../graph/testing/memory-workspace';
import { disagreements } from './agreement';

/** The fixture, with its own `=0.1.8` pins and files that follow. */
const tasker = fixture('tasker');
const core = ['pgmq', 'shared', 'client', 'orchestration', 'sdk', 'worker', 'ctl', 'mcp'].map(
  (each) => `tasker-${each}`,
);
const group = (name: string, projects: readonly string[]): [string, ReleaseGroup] => [
  name,
  { name, isFixed: true, projects, options: plainOptions },
];
const groups = new Map([group('core', core), group('typescript', ['tasker-ts'])]);
const followers = normalizeFollowers({
  core: [
    'VERSION',
    ...['Cargo.toml', 'crates/tasker-py/Cargo.toml', 'crates/tasker-ts/Cargo.toml'],
    'crates/tasker-rb/ext/tasker_core/Cargo.toml',
  ],
  typescript: [{ file: 'crates/tasker-ts/index.js', pattern: "'{version}'|expected {version}" }],
});

function found(
  files: Files,
  options: Parameters<typeof disagreements>[2] = { groups, followers, ecosystems },
): Record<string, string[]> {
  const all = disagreements(loadFiles(files), memoryReader(files), options);
  return Object.fromEntries(
    [...all].map(([root, problems]) => [
      root,
      problems.map(({ code, what, where }) => `${code} ${where?.file}:${where?.line} ${what}`),
    ]),
  );
}

it('finds nothing where everything agrees', () => expect(found(tasker)).toEqual({}));

it.each([
  ['VERSION', '0.1.8', '.'],
  ['Cargo.toml', 'version = "0.1.8"', '.'],
  ['Cargo.toml', '"=0.1.8"', undefined],
  ['Cargo.lock', 'name = "tasker-pgmq"\nversion = "0.1.8"', undefined],
  ['crates/tasker-client/Cargo.toml', 'version = "0.1.8"', 'crates/tasker-client'],
  ['crates/tasker-client/Cargo.toml', '"=0.1.8"', 'crates/tasker-client'],
  ['crates/tasker-worker/Cargo.toml', '"=0.1.8"', 'crates/tasker-worker'],
  ['crates/tasker-runtime/Cargo.toml', '"=0.1.8"', 'crates/tasker-runtime'],
  ['crates/tasker-py/Cargo.toml', 'version = "0.1.8"', 'crates/tasker-py'],
  ['crates/tasker-ts/index.js', "'0.1.10'", 'crates/tasker-ts'],
  ['crates/tasker-ts/index.js', 'expected 0.1.10', 'crates/tasker-ts'],
  ['crates/tasker-rb/ext/tasker_core/Cargo.toml', '"=0.1.8"', 'crates/tasker-rb/ext/tasker_core'],
])('names %s when its `%s` is tampered with', (file, text, root) => {
  const tampered = text.replace(/0\.1\.(\d+)/, '0.1.7');
  const before = tasker[file] ?? '';
  expect(before).toContain(text);
  const all = found({ ...tasker, [file]: before.replace(text, tampered) });
  const problems = Object.entries(all).flatMap(([at, own]) => own.map((each) => ({ at, each })));
  const own = problems.filter(({ each }) => each.startsWith(`FORGE-G008 ${file}:`));
  expect(own.length).toBeGreaterThan(0);
  expect(own[0]?.each).toContain('0.1.7');
  if (root !== undefined) expect(own.map(({ at }) => at)).toContain(root);
});

it('tells of a requirement which version it does not take, without a move', () => {
  const files = {
    'core/Cargo.toml': '[package]\nname = "core"\nversion = "1.2.0"\n',
    'app/Cargo.toml':
      '[package]\nname = "app"\nversion = "1.0.0"\n[dependencies]\ncore = { path = "../core", version = "=1.1.0" }\n',
  };
  expect(Object.values(found(files, { ecosystems })).flat()).toEqual([
    'FORGE-G008 app/Cargo.toml:5 `app/Cargo.toml` says `=1.1.0` instead of `=1.2.0`: core 1.2.0 violates =1.1.0',
  ]);
});

it('expects all members of a fixed group at the highest version that one of them has', () => {
  const file = 'crates/tasker-client/Cargo.toml';
  const raised = tasker[file]?.replace('version = "0.1.8"', 'version = "0.1.9"') ?? '';
  const all = found({ ...tasker, [file]: raised });
  expect(Object.keys(all)).toEqual(
    expect.arrayContaining(['crates/tasker-pgmq', 'crates/tasker-mcp']),
  );
  expect(Object.values(all).flat().join('\n')).not.toContain(`${file}:3`);
});
