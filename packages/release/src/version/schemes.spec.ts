import { ecosystems } from '@forge/ecosystems';
import { groupOptions, type Scheme } from '../configuration/group-options';
import { loadFiles } from '../graph/testing/memory-workspace';
import type { PackageNode } from '../graph/model';
import { schemeProblem, versionByScheme } from './schemes';

const files = {
  'a/Cargo.toml': '[package]\nname = "a"\nversion = "1.2.3"\n',
  'b/pyproject.toml': '[project]\nname = "b"\nversion = "0.1.8.2"\n',
};
const [crate, wheel] = loadFiles(files).packages as [PackageNode, PackageNode];

/** The next version, or the code of the refusal. */
function next(
  scheme: Scheme,
  current: string,
  specifier: string,
  {
    core = '',
    preid = '',
    node = crate,
  }: { core?: string; preid?: string; node?: PackageNode } = {},
): string {
  const options = { adjustForZeroMajor: true, preid, core: { group: 'core', version: core } };
  const result = versionByScheme({ node, current, specifier, scheme, ...options });
  return result.ok ? result.value : result.problems.map(({ code }) => code).join();
}

describe('the scheme patch-only', () => {
  it.each([
    ['0.1.8', 'major', '', '0.1.9'],
    ['0.1.8', 'minor', '', '0.1.9'],
    ['1.4.2', 'major', '', '1.4.3'],
    ['0.1.8', 'preminor', 'rc', '0.1.9-rc.0'],
    ['0.1.9-rc.0', 'prerelease', 'rc', '0.1.9-rc.1'],
    ['0.1.9-rc.1', 'major', '', '0.1.9'],
    ['0.1.8', '0.2.0', '', '0.2.0'],
  ])('makes of %s by %s %s: %s', (current, specifier, preid, expected) => {
    expect(next('patch-only', current, specifier, { preid })).toBe(expected);
  });
});

describe('the scheme core-patch', () => {
  it.each([
    ['0.1.8.2', 'patch', '0.1.8', '0.1.8.3'],
    ['0.1.8.2', 'major', '0.1.8', '0.1.8.3'],
    ['0.1.8.2', 'patch', '0.1.9', '0.1.9.0'],
    ['0.1.8', 'patch', '0.1.8', '0.1.8.1'],
    ['0.1.8.9', 'patch', '0.1.8', '0.1.8.10'],
    ['0.1.8.2', '0.1.8.7', '0.1.8', '0.1.8.7'],
    ['0.1.8.2', '0.2.0', '0.2.0', '0.2.0.0'],
    ['0.1.8.2', 'patch', '0.1.9-rc.0', 'FORGE-V008'],
    ['0.1.8.2', 'prerelease', '0.1.8', 'FORGE-V008'],
    ['0.1.8.2.1', 'patch', '0.1.8', 'FORGE-V008'],
    ['0.1.8.2', 'bigger', '0.1.8', 'FORGE-V006'],
  ])('makes of %s by %s over core %s: %s', (current, specifier, core, expected) => {
    expect(next('core-patch', current, specifier, { core, node: wheel })).toBe(expected);
  });

  it('fits who has four parts, by the grammar alone (FORGE-V007)', () => {
    const group = { group: 'bindings', where: { file: 'nx.json' } };
    const fits = ecosystems.filter(
      (ecosystem) => !schemeProblem({ ...crate, ecosystem }, 'core-patch', group),
    );
    expect(fits.map(({ id }) => id)).toEqual(['pypi', 'hackage', 'rubygems']);
    const problem = schemeProblem(crate, 'core-patch', group);
    expect(problem).toMatchObject({ code: 'FORGE-V007', where: { file: 'nx.json' } });
  });
});

describe('the scheme follow', () => {
  it.each([
    ['0.1.8', 'patch', '0.1.8', '0.1.9'],
    ['0.1.8', 'patch', '0.1.12', '0.1.12'],
    ['0.1.20', 'patch', '0.1.9', '0.1.21'],
    ['0.1.9-rc.0', 'prerelease', '0.1.9-rc.3', '0.1.9-rc.3'],
    ['0.1.8', '0.5.0', '0.1.9', '0.5.0'],
  ])('makes of %s by %s over core %s: %s', (current, specifier, core, expected) => {
    expect(next('follow', current, specifier, { core, preid: 'rc' })).toBe(expected);
  });
});

describe('the options of a release group', () => {
  it('are read, and others left alone', () => {
    const given = { scheme: 'follow', core: 'core', recordCore: 'package.json#/a/b', other: 1 };
    expect(groupOptions('ts', given)).toEqual({
      ok: true,
      value: {
        scheme: 'follow',
        core: 'core',
        recordCore: { file: 'package.json', path: ['a', 'b'] },
      },
    });
  });

  it.each([
    [{ scheme: 'core-pach' }, '`"core-pach"` as `scheme`'],
    [{ scheme: 'follow' }, 'nothing as `core`'],
    [{ scheme: 'follow', core: 'ts' }, '`"ts"` as `core`'],
    [{ recordCore: 'package.json' }, '`"package.json"` as `recordCore`'],
    [{ requirements: 'never' }, '`"never"` as `requirements`'],
  ])('%j is refused (FORGE-C008)', (given, is) => {
    const result = groupOptions('ts', given);
    expect(!result.ok && result.problems.map(({ code, what }) => `${code} ${what}`)).toEqual([
      `FORGE-C008 the release group \`ts\` has ${is}`,
    ]);
  });
});
