import { ForgeError } from '@forge/ecosystems';
import type { ArtifactOptions, ArtifactsOption } from '../configuration/artifact-options';
import { globExpression } from '../graph/workspace-globs';
import type { PackageNode, WorkspaceModel } from '../graph/model';

/**
 * FORGE-A016 where a user declares of which files a version consists and other ones were built. What is missing may
 * be left out where that is allowed; what was not declared goes nowhere.
 */
export function declaredSetProblems(
  { manifest }: PackageNode,
  filenames: readonly string[],
  { files = [], allowPartial = false }: ArtifactOptions,
): readonly ForgeError[] {
  if (files.length === 0) return [];
  const { missing, undeclared } = compareSet(filenames, files);
  const where = { file: manifest.file };
  const there = `there ${filenames.length === 1 ? 'is' : 'are'} ${quoted(filenames)}`;
  const problems: ForgeError[] = [];
  if (missing.length > 0 && !allowPartial)
    problems.push(
      new ForgeError('FORGE-A016', {
        what: `\`${manifest.name}\` lacks ${quoted(missing)}; ${there}`,
        where,
        fix: 'build what is missing, or set `"allowPartial": true` beside `files` to go without it',
      }),
    );
  if (undeclared.length > 0)
    problems.push(
      new ForgeError('FORGE-A016', {
        what: `\`${manifest.name}\` has ${quoted(undeclared)}, which ${undeclared.length === 1 ? 'is' : 'are'} not declared`,
        where,
        fix: 'add it to `files` in the option `artifacts`, or keep it from being built',
      }),
    );
  return problems;
}

/** What a version goes out without. */
export function missingFiles(
  filenames: readonly string[],
  { files = [] }: ArtifactOptions,
): readonly string[] {
  return compareSet(filenames, files).missing;
}

/**
 * FORGE-C001 for options of what is no package that is published: a mistyped path would silently switch off what
 * somebody counts on.
 */
export function strayArtifactOptions(
  options: ArtifactsOption,
  { packages, problems }: WorkspaceModel,
): readonly ForgeError[] {
  const files = new Set([
    ...packages.filter(({ role }) => role === 'published').map(({ manifest }) => manifest.file),
    ...problems.map(({ file }) => file),
  ]);
  return Object.keys(options)
    .filter((file) => !files.has(file))
    .map((file) => {
      const what = `\`options.artifacts\` names \`${file}\`, which is the manifest of no published package`;
      const fix = 'name the manifest of a package, from the root of the workspace';
      return new ForgeError('FORGE-C001', { what, where: { file: 'nx.json' }, fix });
    });
}

/** Globs that nothing matches, and files that no glob matches. */
function compareSet(
  filenames: readonly string[],
  globs: readonly string[],
): { readonly missing: readonly string[]; readonly undeclared: readonly string[] } {
  const expressions = globs.map((glob) => ({ glob, expression: globExpression(glob) }));
  return {
    missing: expressions
      .filter(({ expression }) => !filenames.some((name) => expression.test(name)))
      .map(({ glob }) => glob),
    undeclared: filenames.filter(
      (name) => !expressions.some(({ expression }) => expression.test(name)),
    ),
  };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
