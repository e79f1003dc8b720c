import { ForgeError } from '../errors';
import type { Dependency, Ecosystem, Manifest } from '../model';

/**
 * FORGE-M025 for every requirement that moves with a version, mostly the package's own, and then does not take
 * the version that its dependency has. Nobody asks for such a move, so nobody but the result shows it.
 */
export function leftBehind(
  { versions: { requirement } }: Ecosystem,
  before: Manifest,
  after: Manifest,
  versionOf: (dependency: Dependency) => string | undefined,
): readonly ForgeError[] {
  return after.dependencies.flatMap((dependency, index) => {
    const { name, requirement: text, section } = dependency;
    if (text === null || text === before.dependencies[index]?.requirement) return [];
    const version = versionOf(dependency);
    const satisfied = version === undefined ? undefined : requirement.satisfies(text, version);
    if (!satisfied?.ok || satisfied.value) return [];
    const what = `the requirement on \`${name}\` (${section}) in \`${after.file}\` moves with a version and will be \`${text}\`, which \`${version}\` does not satisfy`;
    return [new ForgeError('FORGE-M025', { what, where: { file: after.file } })];
  });
}
