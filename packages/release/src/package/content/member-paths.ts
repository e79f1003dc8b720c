import { ForgeError, type ArtifactMember } from '@forge/ecosystems';
import { groupBy } from '../../graph/group-by';
import { pathInPackage, placeIn, type Subject } from './subject';

/** FORGE-A013: a member that would be unpacked somewhere else than in its package. */
export function strayMembers(subject: Subject): readonly ForgeError[] {
  return subject.members
    .filter(({ path }) => leadsOut(path))
    .map(({ path }) => {
      const what = `\`${path}\` in \`${subject.artifact.filename}\` is unpacked outside of its package`;
      return new ForgeError('FORGE-A013', { what, where: { file: placeIn(subject, path) } });
    });
}

/** A backslash separates on Windows, where a drive makes a path absolute, too. */
function leadsOut(path: string): boolean {
  const parts = path.split(/[\\/]/);
  return parts[0] === '' || /^[A-Za-z]:$/.test(parts[0] ?? '') || parts.includes('..');
}

/**
 * FORGE-A012: the same path twice, or two that are one path where case does not count (macOS, Windows): the last
 * one wins there, and something else is installed than was tested.
 */
export function clashingMembers(subject: Subject): readonly ForgeError[] {
  const files = subject.members.filter(({ type }) => type !== 'directory');
  const clashes = [...groupBy(files, ({ path }) => folded(path)).values()].filter(
    (group) =>
      group.length > 1 &&
      !group.every(({ path }) => subject.isAllowed(pathInPackage(subject, path))),
  );
  return clashes.map((group) => clash(subject, group));
}

/** Normalised as file systems compare: macOS decomposes accents. */
function folded(path: string): string {
  return path
    .replace(/^(?:\.\/)+/, '')
    .normalize('NFC')
    .toLowerCase();
}

function clash(subject: Subject, group: readonly ArtifactMember[]): ForgeError {
  const paths = [...new Set(group.map(({ path }) => path))];
  const { filename } = subject.artifact;
  const what =
    paths.length === 1
      ? `\`${filename}\` holds \`${paths[0]}\` ${group.length} times`
      : `\`${filename}\` holds ${paths.map((path) => `\`${path}\``).join(' and ')}, which are one file where case does not count`;
  return new ForgeError('FORGE-A012', {
    what,
    where: { file: placeIn(subject, paths.at(-1) ?? '') },
  });
}
