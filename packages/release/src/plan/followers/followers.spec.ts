import { ecosystems, splice, type Source } from '@forge/ecosystems';
import { normalizeFollowers, type FollowersOption } from '../../configuration/followers';
import type { ReleaseGroup } from '../../configuration/release-group';
import { loadFiles, memoryReader, type Files } from '../../graph/testing/memory-workspace';
import { createReleasePlanner } from '../release-planner';
import { followerEdits } from './follower-edits';

const base: Files = {
  'core/Cargo.toml': '[package]\nname = "core"\nversion = "0.1.8"\n',
  'ext/Cargo.toml':
    '[package]\nname = "ext"\nversion = "0.1.8"\npublish = false\n[dependencies]\ncore = { path = "../core", version = "=0.1.8" }\n',
  'user/Cargo.toml':
    '[package]\nname = "user"\nversion = "0.3.0"\n[dependencies]\next = { path = "../ext", version = "=0.1.8" }\n',
  VERSION: '0.1.8\r\n',
};
const groups = new Map<string, ReleaseGroup>([
  ['core', { name: 'core', isFixed: true, projects: ['core'], options: { scheme: 'semver' } }],
]);

/** What every changed file is afterwards; the problems when there are any. */
function released(
  files: Files,
  followers: FollowersOption,
  version = '0.1.9',
): Record<string, string> | string[] {
  const planner = createReleasePlanner(loadFiles(files), memoryReader(files), {
    groups,
    ecosystems,
    followers: normalizeFollowers(followers),
  });
  planner.setVersion('core', version, { kind: 'asked', text: 'a test' });
  const release = planner.settle();
  if (!release.ok) return release.problems.map(({ code, where }) => `${code} ${where?.file}`);
  return Object.fromEntries(
    [...release.value.files].map(([file, bytes]) => [file, Buffer.from(bytes).toString()]),
  );
}

describe('followers', () => {
  it('take the version of the group: a manifest with its pins, and a file', () => {
    expect(released(base, { core: ['ext/Cargo.toml', 'VERSION'] })).toEqual({
      'core/Cargo.toml': base['core/Cargo.toml']?.replace('0.1.8', '0.1.9'),
      'ext/Cargo.toml': base['ext/Cargo.toml']?.replaceAll('0.1.8', '0.1.9'),
      'user/Cargo.toml': base['user/Cargo.toml']?.replace('=0.1.8', '=0.1.9'),
      VERSION: '0.1.9\r\n',
    });
  });

  it('say why in the plan', () => {
    const planner = createReleasePlanner(loadFiles(base), memoryReader(base), {
      groups,
      followers: normalizeFollowers({ core: ['ext/Cargo.toml', 'VERSION'] }),
    });
    planner.setVersion('core', '0.1.9', { kind: 'asked', text: 'a test' });
    const release = planner.settle();
    if (!release.ok) throw release.problems[0];
    const { packages, edits } = release.value.plan;
    expect(packages.find(({ name }) => name === 'ext')?.reason).toBe('follows `core`');
    expect(edits.find(({ file }) => file === 'VERSION')).toMatchObject({
      why: 'follows `core`',
      reason: '0.1.8 → 0.1.9',
      line: 1,
    });
  });

  it('stay where the group stays', () => {
    const planner = createReleasePlanner(loadFiles(base), memoryReader(base), {
      groups,
      followers: normalizeFollowers({ core: ['ext/Cargo.toml', 'VERSION'] }),
    });
    planner.setVersion('user', '0.3.1', { kind: 'asked', text: 'a test' });
    const release = planner.settle();
    expect(release.ok && [...release.value.files.keys()]).toEqual(['user/Cargo.toml']);
  });

  it('are changed at every match of a pattern, whatever version stands there', () => {
    const files = { ...base, 'index.js': "if (v !== '0.1.10') throw 'expected 0.0.1 but'\n" };
    const followers = { core: [{ file: 'index.js', pattern: "'{version}'|expected {version}" }] };
    expect(released(files, followers)).toMatchObject({
      'index.js': "if (v !== '0.1.9') throw 'expected 0.1.9 but'\n",
    });
  });

  it('are spelled as an ecosystem spells them, where one is named', () => {
    const files = { ...base, 'about.py': '__version__ = "0.1.8"\n' };
    const place = { file: 'about.py', pattern: '__version__ = "{version}"' };
    const about = (ecosystem: object) =>
      released(files, { core: [{ ...place, ...ecosystem }] }, '0.2.0-rc.1');
    expect(about({})).toMatchObject({ 'about.py': '__version__ = "0.2.0-rc.1"\n' });
    expect(about({ ecosystem: 'pypi' })).toMatchObject({
      'about.py': '__version__ = "0.2.0rc1"\n',
    });
  });

  it.each([
    [{ cores: ['VERSION'] }, 'FORGE-C006 nx.json'],
    [{ core: ['VERSIONS'] }, 'FORGE-C006 nx.json'],
    [{ core: ['Cargo.toml'] }, 'FORGE-C006 nx.json'],
    [{ core: ['LICENSE'] }, 'FORGE-C007 LICENSE'],
    [{ core: [{ file: 'VERSION', pattern: 'v{version}' }] }, 'FORGE-C007 VERSION'],
    [{ core: [{ file: 'data.json', pointer: '/count' }] }, 'FORGE-C007 data.json'],
    [{ core: [{ file: 'data.json', pointer: '/count/version' }] }, 'FORGE-C007 data.json'],
    [{ core: [{ file: 'data.json', pointer: '/range' }] }, 'FORGE-C007 data.json'],
    [{ core: [{ file: 'VERSION', pointer: '/core' }] }, 'FORGE-M002 VERSION'],
  ])('%j is refused (%s)', (followers, problem) => {
    const files = {
      ...base,
      LICENSE: 'MIT\n',
      'Cargo.toml': '[workspace]\nmembers = ["*"]\nresolver = "2"\n',
      'data.json': '{ "count": 3, "range": "^1.2.3" }\n',
    };
    expect(released(files, followers)).toEqual([problem]);
  });

  it.each([
    [['core', '__default__'], 'use one of `core`'],
    [['__default__'], 'add the group to `release.groups`'],
  ])('of an unknown group are told, of the groups %j, to %s', (names, fix) => {
    const planner = createReleasePlanner(loadFiles(base), memoryReader(base), {
      groups: new Map(
        names.map((name) => [
          name,
          { name, isFixed: true, projects: ['core'], options: { scheme: 'semver' as const } },
        ]),
      ),
      followers: normalizeFollowers({ cores: ['VERSION'] }),
    });
    planner.setVersion('core', '0.1.9', { kind: 'asked', text: 'a test' });
    const release = planner.settle();
    expect(!release.ok && release.problems.map((each) => each.fix)).toEqual([fix]);
  });

  it('cannot follow several versions (FORGE-C006)', () => {
    const two = new Map<string, ReleaseGroup>([
      [
        'all',
        { name: 'all', isFixed: false, projects: ['core', 'user'], options: { scheme: 'semver' } },
      ],
    ]);
    const planner = createReleasePlanner(loadFiles(base), memoryReader(base), {
      groups: two,
      followers: normalizeFollowers({ all: ['VERSION'] }),
    });
    planner.setVersion('core', '0.1.9', { kind: 'asked', text: 'a test' });
    planner.setVersion('user', '0.4.0', { kind: 'asked', text: 'a test' });
    const release = planner.settle();
    expect(!release.ok && release.problems.map(({ code }) => code)).toEqual(['FORGE-C006']);
  });
});

describe('a version behind a JSON pointer', () => {
  const put = (text: string, path: string[]): string => {
    const source = memoryReader({ 'a.json': text }).read('a.json') as Source;
    const edits = followerEdits(source, { place: { kind: 'pointer', path }, version: '0.1.9' });
    if (!edits.ok) throw edits.problems[0];
    const bytes = splice(source, edits.value);
    if (!bytes.ok) throw bytes.problems[0];
    return Buffer.from(bytes.value).toString();
  };

  it.each([
    ['{ "a": { "b": "0.1.8" } }', '{ "a": { "b": "0.1.9" } }'],
    ['{ "a": { "c": 1 } }', '{ "a": { "c": 1, "b": "0.1.9" } }'],
    ['{ "c": 1 }', '{ "c": 1, "a": { "b": "0.1.9" } }'],
    ['{\n  "c": 1\n}\n', '{\n  "c": 1,\n  "a": {\n    "b": "0.1.9"\n  }\n}\n'],
    [
      '{\r\n\t"c": [\r\n\t\t1\r\n\t]\r\n}',
      '{\r\n\t"c": [\r\n\t\t1\r\n\t],\r\n\t"a": {\r\n\t\t"b": "0.1.9"\r\n\t}\r\n}',
    ],
    ['{\n    "a": {}\n}\n', '{\n    "a": {\n        "b": "0.1.9"\n    }\n}\n'],
    ['\ufeff{ "a": { "b": "0.1.8" } }', '\ufeff{ "a": { "b": "0.1.9" } }'],
  ])('%j becomes %j', (before, after) => {
    expect(put(before, ['a', 'b'])).toBe(after);
    expect(put(after, ['a', 'b'])).toBe(after);
  });

  it('may stand in a list', () => {
    expect(put('{ "a": ["0.1.7", "0.1.8"] }', ['a', '1'])).toBe('{ "a": ["0.1.7", "0.1.9"] }');
  });
});
