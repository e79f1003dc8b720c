import { ForgeError, type PackedContext, type Verification } from '@forge/ecosystems';
import { joinEnvironments, type BuildEnvironment } from '../configuration/build-environment';
import type { World } from '../effects/world';
import { groupBy } from '../graph/group-by';
import type { PackageNode } from '../graph/model';
import { buildWorld } from './build-world';

/** A package with its artifacts and with where it was built. */
export interface BuiltPackage {
  readonly node: PackageNode;
  readonly context: PackedContext;
  readonly environment?: BuildEnvironment;
}

/** FORGE-A017 for packages that do not build from what was packed of them, by the manifest. */
export async function verifyPacked(
  built: readonly BuiltPackage[],
  world: World,
): Promise<ReadonlyMap<string, ForgeError>> {
  const problems = new Map<string, ForgeError>();
  for (const group of groupBy(built, ({ node }) => node.ecosystem.id).values()) {
    const contexts = group.map(({ context }) => context);
    for (const verification of group[0]?.node.ecosystem.tool.verify?.(contexts) ?? []) {
      const problem = await verify(verification, worldOf(verification, group, world));
      if (!problem) continue;
      for (const { file } of verification.manifests) problems.set(file, problem);
    }
  }
  return problems;
}

/** Packages that are built by one command share what each of them is given. */
function worldOf({ manifests }: Verification, group: readonly BuiltPackage[], world: World): World {
  const files = new Set(manifests.map(({ file }) => file));
  const environments = group
    .filter(({ node }) => files.has(node.manifest.file))
    .map(({ environment = {} }) => environment);
  return buildWorld(world, environments.reduce(joinEnvironments, {}));
}

const shownLines = 40;

async function verify(
  { manifests, command }: Verification,
  world: World,
): Promise<ForgeError | undefined> {
  const { exitCode, stdout, stderr } = await world.build(command);
  if (exitCode === 0) return undefined;
  const names = manifests.map(({ name }) => `\`${name}\``).join(', ');
  const program = command.program.replace(/^.*[\\/]/, '');
  const called = [program, ...command.args.slice(0, 1)].join(' ');
  const are = manifests.length === 1 ? 'is' : 'are';
  return new ForgeError('FORGE-A017', {
    what: `\`${called}\` ends with ${exitCode} while ${names} ${are} built from what was packed`,
    where: { file: manifests[0]?.file ?? '' },
    frame: `${stdout}\n${stderr}`.trim().split('\n').slice(-shownLines).join('\n'),
  });
}
