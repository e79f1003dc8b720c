import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  fail,
  ForgeError,
  ok,
  type Artifact,
  type CommandResult,
  type PackageContext,
  type PackageRecipe,
  type Result,
} from '@forge/ecosystems';
import type { World } from '../effects/world';
import { filesBelow } from '../effects/package-files';
import type { PackageNode } from '../graph/model';

/** Runs a package's recipe and returns the artifacts, each checked to be what its manifest says. */
export async function buildPackage(
  node: PackageNode,
  context: PackageContext,
  world: World,
): Promise<Result<readonly Artifact[]>> {
  const recipe = node.ecosystem.tool.package(context);
  if (!recipe.ok) return recipe;
  const results = await runCommands(node, recipe.value, world);
  if (!results.ok) return results;
  const assembled =
    recipe.value.assemble?.(results.value, filesBelow(context.exportRoot)) ?? ok([]);
  if (!assembled.ok) return assembled;
  for (const { filename, bytes } of assembled.value)
    writeFileSync(join(context.outDir, filename), bytes);
  return collect(node, recipe.value, context.outDir);
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
  return new ForgeError('FORGE-A002', { what, where: { file: node.manifest.file }, frame: output });
}

function collect(
  node: PackageNode,
  recipe: PackageRecipe,
  outDir: string,
): Result<readonly Artifact[]> {
  if (recipe.artifactDir !== outDir) {
    mkdirSync(recipe.artifactDir, { recursive: true });
    for (const name of readdirSync(recipe.artifactDir).filter(recipe.isArtifact))
      copyFileSync(join(recipe.artifactDir, name), join(outDir, name));
  }
  const filenames = readdirSync(outDir).filter(recipe.isArtifact).sort();
  if (filenames.length === 0)
    return fail(
      new ForgeError('FORGE-A003', {
        what: `packaging \`${node.manifest.name}\` leaves no artifact`,
        where: { file: node.manifest.file },
      }),
    );
  const artifacts: Artifact[] = [];
  for (const filename of filenames) {
    const artifact = checked(node, join(outDir, filename), filename);
    if (!artifact.ok) return artifact;
    artifacts.push(artifact.value);
  }
  return ok(artifacts);
}

/** FORGE-A004 when the inside of the artifact names another package or version than the manifest. */
function checked(node: PackageNode, path: string, filename: string): Result<Artifact> {
  const { ecosystem, manifest } = node;
  const bytes = readFileSync(path);
  const content = ecosystem.tool.inspect(filename, bytes);
  if (!content.ok) return content;
  const { name, version } = content.value;
  const planned = manifest.version.value;
  const sameName = ecosystem.normalizeName(name) === ecosystem.normalizeName(manifest.name);
  const sameVersion = planned === null || ecosystem.versions.compare(version, planned) === 0;
  if (!sameName || !sameVersion)
    return fail(
      new ForgeError('FORGE-A004', {
        what: `\`${filename}\` holds \`${name}\` ${version}, but the manifest says \`${manifest.name}\` ${planned}`,
        where: { file: manifest.file },
      }),
    );
  return ok({
    filename,
    path,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
}
