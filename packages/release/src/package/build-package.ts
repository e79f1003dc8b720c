import {
  all,
  fail,
  ForgeError,
  ok,
  type Artifact,
  type CommandResult,
  type PackageContext,
  type PackageRecipe,
  type Result,
} from '@forge/ecosystems';
import {
  findArtifacts,
  gatherArtifacts,
  leftovers,
  writeArtifact,
  type FoundArtifact,
  type Leftovers,
} from '../effects/artifact-store';
import { filesBelow } from '../effects/package-files';
import type { World } from '../effects/world';
import type { ArtifactOptions } from '../configuration/artifact-options';
import type { PackageNode } from '../graph/model';
import { isNoRoom } from '../plan/no-room';
import { declaredSetProblems } from './artifact-set';
import { contentProblems } from './content/check-content';

/** What is known of the artifacts before they are there. */
export interface Expectations {
  /** Packages that are inside as source. */
  readonly shipped: readonly PackageNode[];
  readonly options: ArtifactOptions;
}

/** Runs a package's recipe and returns the artifacts, each checked to be what its manifest says, and fit to go out. */
export async function buildPackage(
  node: PackageNode,
  context: PackageContext,
  world: World,
  expectations: Expectations = { shipped: [], options: {} },
): Promise<Result<readonly Artifact[]>> {
  const recipe = node.ecosystem.tool.package(context);
  if (!recipe.ok) return recipe;
  const before = leftovers(recipe.value.artifactDir, recipe.value.isArtifact);
  const results = await runCommands(node, recipe.value, world);
  if (!results.ok) return results;
  const assembled =
    recipe.value.assemble?.(results.value, filesBelow(context.exportRoot)) ?? ok([]);
  if (!assembled.ok) return assembled;
  for (const { filename, bytes } of assembled.value) writeArtifact(context.outDir, filename, bytes);
  return collect(node, { ...recipe.value, before }, context.outDir, expectations);
}

async function runCommands(
  node: PackageNode,
  recipe: PackageRecipe,
  world: World,
): Promise<Result<CommandResult[]>> {
  const results: CommandResult[] = [];
  for (const command of recipe.commands) {
    const result = await world.build(command);
    if (result.exitCode !== 0)
      return fail(toolError(node, [command.program, ...command.args], result));
    results.push(result);
  }
  return ok(results);
}

function toolError(node: PackageNode, argv: readonly string[], result: CommandResult): ForgeError {
  const output = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-40).join('\n');
  const what = `\`${argv.slice(0, 3).join(' ')}\` ends with ${result.exitCode} while packaging \`${node.manifest.name}\``;
  if (isNoRoom(output)) return noRoom(node, what, output);
  return new ForgeError('FORGE-A002', { what, where: { file: node.manifest.file }, frame: output });
}

/** FORGE-P014: nothing is wrong with the package, and making room is all that there is to do. */
export function noRoom(node: PackageNode, detail: string, frame?: string): ForgeError {
  const { ecosystem, manifest } = node;
  const label = `${ecosystem.id}:${manifest.name}@${manifest.version.value ?? ''}`;
  const what = `\`${label}\` cannot be packed: ${detail}`;
  const where = { file: manifest.file };
  return new ForgeError('FORGE-P014', { what, where, ...(frame === undefined ? {} : { frame }) });
}

function collect(
  node: PackageNode,
  { artifactDir, isArtifact, before }: PackageRecipe & { readonly before: Leftovers },
  outDir: string,
  expectations: Expectations,
): Result<readonly Artifact[]> {
  gatherArtifacts(artifactDir, outDir, isArtifact, before);
  const found = findArtifacts(outDir, isArtifact);
  if (found.length === 0) return fail(noArtifact(node));
  const names = found.map(({ artifact }) => artifact.filename);
  return all([
    ...found.map((each) => checked(node, each, expectations)),
    ...declaredSetProblems(node, names, expectations.options).map((problem) => fail(problem)),
  ]);
}

function noArtifact({ manifest }: PackageNode): ForgeError {
  const what = `packaging \`${manifest.name}\` leaves no artifact`;
  return new ForgeError('FORGE-A003', { what, where: { file: manifest.file } });
}

function lackingFiles(
  { manifest }: PackageNode,
  artifact: string,
  files: readonly string[],
): ForgeError {
  const what = `\`${artifact}\` lacks ${files.map((file) => `\`${file}\``).join(', ')}, which \`${manifest.file}\` names`;
  return new ForgeError('FORGE-A007', { what, where: { file: manifest.file } });
}

/** What must not go out comes first; FORGE-A004 when the inside of the artifact names another package or version than the manifest. */
function checked(
  node: PackageNode,
  { artifact, bytes }: FoundArtifact,
  { shipped, options }: Expectations,
): Result<Artifact> {
  const { ecosystem, manifest } = node;
  const unpacked = ecosystem.tool.unpack(artifact.filename, bytes);
  if (!unpacked.ok) return unpacked;
  const { allow = [] } = options;
  const unfit = contentProblems(artifact, unpacked.value, { node, shipped, allow });
  if (unfit.length > 0) return fail(...unfit);
  const content = ecosystem.tool.inspect(artifact.filename, bytes);
  if (!content.ok) return content;
  const { name, version, lacking = [] } = content.value;
  if (lacking.length > 0) return fail(lackingFiles(node, artifact.filename, lacking));
  const planned = manifest.version.value;
  const sameName = ecosystem.normalizeName(name) === ecosystem.normalizeName(manifest.name);
  const sameVersion = planned === null || ecosystem.versions.compare(version, planned) === 0;
  if (sameName && sameVersion) return ok(artifact);
  const what = `\`${artifact.filename}\` holds \`${name}\` ${version}, but the manifest says \`${manifest.name}\` ${planned}`;
  return fail(new ForgeError('FORGE-A004', { what, where: { file: manifest.file } }));
}
