import type { Ecosystem } from '@forge/ecosystems';
import { loadFiles } from '../graph/testing/memory-workspace';
import type { PackageNode } from '../graph/model';
import type { PublishUnit } from '../plan/publish-unit';
import { unfitArtifacts } from './unfit-artifacts';

const { packages } = loadFiles({
  'py/pyproject.toml': '[project]\nname = "demo"\nversion = "1.0.0"\n',
  'crate/Cargo.toml': '[package]\nname = "core"\nversion = "1.0.0"\n',
  'js/package.json': '{ "name": "words", "version": "1.0.0" }',
});
const nodeOf = (name: string): PackageNode =>
  packages.find(({ manifest }) => manifest.name === name) as PackageNode;

const atPublic = ({ publicEndpoints }: Ecosystem) => publicEndpoints;
const atOther = ({ endpointsAt }: Ecosystem) => endpointsAt('http://127.0.0.1:4874');

function unit(name: string, filename: string, size: number, at = atPublic): PublishUnit {
  const node = nodeOf(name);
  const artifact = { filename, size, path: `/${filename}`, sha256: '' };
  const endpoints = at(node.ecosystem);
  return { node, version: '1.0.0', artifacts: [artifact], endpoints, planned: true };
}
const found = (...args: Parameters<typeof unfitArtifacts>): string[] =>
  unfitArtifacts(...args).map((problem) => problem.render());
const MiB = 1024 ** 2;

describe('artifacts that the public registry refuses', () => {
  const wheel = 'demo-1.0.0-cp311-cp311-linux_x86_64.whl';

  it('are those of a platform that it does not take (FORGE-A015)', () => {
    expect(found([unit('demo', wheel, 1)], {})).toEqual([
      expect.stringMatching(/^FORGE-A015 `demo-1.*`linux_x86_64`[^]*fix: .*manylinux[^]*musllinux/),
    ]);
    expect(found([unit('demo', wheel.replace('linux', 'manylinux_2_17'), 1)], {})).toEqual([]);
    expect(found([unit('demo', wheel, 1, atOther)], {})).toEqual([]);
  });

  it('are those that are too large (FORGE-A005), with the source of the limit', () => {
    const large = [
      unit('core', 'core-1.0.0.crate', 10 * MiB + 1),
      unit('demo', 'demo-1.0.0.tar.gz', 100 * MiB + 1),
      unit('words', 'words-1.0.0.tgz', 500 * MiB),
    ];
    const [crate, sdist, ...more] = found(large, {});
    expect(more).toEqual([]);
    expect(crate).toMatch(
      /^FORGE-A005 `core-1\.0\.0\.crate` has 10485761 bytes.* 10485760 at most/,
    );
    expect(crate).toContain('https://doc.rust-lang.org/');
    expect(sdist).toContain('`maxBytes` in the option `artifacts`');
    expect(
      found(
        large.map((each) => ({ ...each, endpoints: {} })),
        {},
      ),
    ).toEqual([]);
  });

  it('are none up to the limit, or up to the room that the registry gave a package', () => {
    expect(found([unit('core', 'core-1.0.0.crate', 10 * MiB)], {})).toEqual([]);
    const options = { 'crate/Cargo.toml': { maxBytes: 20 * MiB } };
    expect(found([unit('core', 'core-1.0.0.crate', 20 * MiB)], options)).toEqual([]);
    expect(found([unit('core', 'core-1.0.0.crate', 20 * MiB + 1)], options)).toHaveLength(1);
  });
});
