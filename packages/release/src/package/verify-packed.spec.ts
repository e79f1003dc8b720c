import type { Command, PackedContext, Verification } from '@forge/ecosystems';
import { toy } from '../../../ecosystems/src/testing/toy';
import type { World } from '../effects/world';
import { loadFiles } from '../graph/testing/memory-workspace';
import { verifyPacked, type BuiltPackage } from './verify-packed';

const { packages } = loadFiles(
  {
    'a/toy.pkg': 'name = a\nversion = 1.0.0\n',
    'b/toy.pkg': 'name = b\nversion = 1.0.0\n',
    'c/toy.pkg': 'name = c\nversion = 1.0.0\n',
  },
  { ecosystems: [toy] },
);

/** A tool that builds `a` and `b` together, and `c` alone. */
function verify(packed: readonly PackedContext[]): readonly Verification[] {
  const manifests = packed.map(({ manifest }) => manifest);
  const command = (name: string): Command => ({ program: '/bin/box', args: [name], cwd: '/' });
  return [
    { manifests: manifests.slice(0, 2), command: command('pair') },
    { manifests: manifests.slice(2), command: command('alone') },
  ];
}

const built = (tool = { ...toy.tool, verify }): BuiltPackage[] =>
  packages.map((node) => {
    const context = { manifest: node.manifest, artifacts: [] } as unknown as PackedContext;
    return { node: { ...node, ecosystem: { ...toy, tool } }, context };
  });

function worldWhere(fails: (name: string) => boolean) {
  const ran: string[] = [];
  const build = async ({ args: [name = ''] }: Command) => {
    ran.push(name);
    const exitCode = fails(name) ? 2 : 0;
    return { exitCode, stdout: 'building\n', stderr: exitCode === 0 ? '' : 'no words.txt\n' };
  };
  return { ran, world: { build } as unknown as World };
}

describe('building from what was packed', () => {
  it('asks the tool once for all packages, and finds nothing where all is there', async () => {
    const { ran, world } = worldWhere(() => false);
    expect(await verifyPacked(built(), world)).toEqual(new Map());
    expect(ran).toEqual(['pair', 'alone']);
  });

  it('blames every package of a build that fails, and goes on with the others (FORGE-A017)', async () => {
    const { ran, world } = worldWhere((name) => name === 'pair');
    const problems = await verifyPacked(built(), world);
    expect(ran).toEqual(['pair', 'alone']);
    expect([...problems.keys()]).toEqual(['a/toy.pkg', 'b/toy.pkg']);
    expect(problems.get('a/toy.pkg')).toMatchObject({
      code: 'FORGE-A017',
      what: '`box pair` ends with 2 while `a`, `b` are built from what was packed',
      frame: 'building\n\nno words.txt',
    });
  });

  it('is nothing where a tool cannot do it', async () => {
    const { ran, world } = worldWhere(() => true);
    const packed = packages.map((node) => ({ node, context: {} as PackedContext }));
    expect(await verifyPacked(packed, world)).toEqual(new Map());
    expect(ran).toEqual([]);
  });
});
