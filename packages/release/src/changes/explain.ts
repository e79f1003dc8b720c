import type { Change } from './changes-since';
import type { Decision } from './decide-release';

/** Name of the project at a directory. */
export type NameAt = (root: string) => string;

/** Why a project is due, in one line: `crates/a/src/lib.rs changed since tag a@1.0.0`. */
export function explainDecision(
  { project, changes, baseline, isDue }: Decision,
  nameAt: NameAt,
): string {
  const { direct, linked, isTriggered } = changes;
  if (!isDue) return `nothing changed since ${baseline.label}`;
  if (direct.length > 0) return `${pathsOf(direct)} changed since ${baseline.label}`;
  if (linked.length === 0) return `everything is new since ${baseline.label}`;
  const names = namesOf(linked, nameAt);
  const are = new Set(linked.map(({ root }) => root)).size > 1 ? 'are parts' : 'is part';
  const why = isTriggered
    ? `the trigger of \`${project.group.name}\` waits for ${names}`
    : `${names} ${are} of it`;
  return `${pathsOf(linked)} changed since ${baseline.label}; ${why}`;
}

/** What a trigger passes over though it ends up in the artifact; undefined when there is nothing. */
export function explainPassedOver(
  { project, changes, baseline, isDue }: Decision,
  nameAt: NameAt,
): string | undefined {
  const { passedOver } = changes;
  if (passedOver.length === 0 || isDue) return undefined;
  return `linked code changed: ${namesOf(passedOver, nameAt)} (${pathsOf(passedOver)}) since ${baseline.label}, but the trigger of \`${project.group.name}\` does not wait for it, and \`${project.name}\` is not released`;
}

function namesOf(changes: readonly Change[], nameAt: NameAt): string {
  const names = [...new Set(changes.map(({ root }) => nameAt(root)))].sort();
  return names.map((name) => `\`${name}\``).join(', ');
}

function pathsOf(changes: readonly Change[]): string {
  const paths = [...new Set(changes.map(({ path }) => path))].sort();
  const shown = paths.length > 3 ? paths.slice(0, 2) : paths;
  const rest = paths.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more files` : shown.join(', ');
}
