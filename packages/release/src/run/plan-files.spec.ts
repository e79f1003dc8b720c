import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ChangelogEntry, NxReleaseGroup } from './nx-release';
import { planFiles } from './plan-files';
import { nxVersions } from './testing/nx-versions';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forge-files-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const entry = (file: string | undefined, contents: string): ChangelogEntry => ({
  ...{ file, contents, version: '1.1.0', tag: 'a@1.1.0', isPrerelease: false, group: undefined },
});
const planned = (
  entries: readonly ChangelogEntry[],
  versions = nxVersions([]),
  written: { path: string; bytes: Uint8Array | null }[] = [],
): string[] =>
  planFiles(root, { versions, written, release: undefined }, entries).map(
    ({ path, kind, before, after }) =>
      `${kind} ${path}: ${before && String(Buffer.from(before))} → ${after && String(Buffer.from(after))}`,
  );

it('has what Nx writes, and not what it leaves as it was', () => {
  write('a.toml', 'one');
  write('b.toml', 'two');
  const bytes = (text: string) => Buffer.from(text);
  const written = [
    { path: 'b.toml', bytes: bytes('two') },
    { path: 'new.toml', bytes: bytes('new') },
    { path: 'a.toml', bytes: bytes('three') },
  ];
  expect(planned([], nxVersions([]), written)).toEqual([
    'version a.toml: one → three',
    'version new.toml: null → new',
  ]);
});

it('puts entries above the older ones, several into one file, and leaves one that is there', () => {
  write('CHANGELOG.md', '## 1.0.0\n');
  write('done.md', '## 1.1.0 (today)\n\nBy hand.\n');
  write('other.md', '## 1.1.0-rc.1\n');
  expect(
    planned([
      entry('CHANGELOG.md', '## 1.1.0\n\nA'),
      entry('done.md', '## 1.1.0\n\nB'),
      entry('new.md', '## 1.1.0\n\nC'),
      entry('other.md', '## 1.1.0\n\nD'),
      entry('empty.md', ''),
      entry(undefined, '## 1.1.0\n\nE'),
    ]),
  ).toEqual([
    'changelog CHANGELOG.md: ## 1.0.0\n → ## 1.1.0\n\nA\n\n## 1.0.0\n',
    'changelog new.md: null → ## 1.1.0\n\nC',
    'changelog other.md: ## 1.1.0-rc.1\n → ## 1.1.0\n\nD\n\n## 1.1.0-rc.1\n',
  ]);
});

it('removes version plans whose projects are all released, and no others', () => {
  for (const name of ['both', 'half', 'group']) write(`.nx/version-plans/${name}.md`, name);
  const plan = (name: string, bumps?: Record<string, string>) => ({
    relativePath: `.nx/version-plans/${name}.md`,
    ...(bumps ? { projectVersionBumps: bumps } : {}),
  });
  const plans: NxReleaseGroup['resolvedVersionPlans'] = [
    plan('both', { a: 'minor', b: 'patch' }),
    plan('half', { a: 'minor', c: 'patch' }),
    plan('gone', { a: 'minor' }),
  ];
  const versions = nxVersions([
    { resolvedVersionPlans: plans, versions: { a: '1.1.0', b: '1.0.1', c: null } },
    {
      projectsRelationship: 'fixed',
      resolvedVersionPlans: [plan('group')],
      versions: { d: '2.0.0' },
    },
  ]);
  expect(planned([], versions)).toEqual([
    'version plan .nx/version-plans/both.md: both → null',
    'version plan .nx/version-plans/group.md: group → null',
  ]);
});
