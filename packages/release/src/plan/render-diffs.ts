import type { Reader } from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { PlannedEdit, PlannedPackage, ReleasePlan } from './release-plan';
import { unifiedDiff } from './unified-diff';

/**
 * What a release changes, package by package: why, and the very lines. `reader` shows the files as they were
 * before. A file that several packages share (a lock file) stands under each with the lines that are its own.
 */
export function renderDiffs(plan: ReleasePlan, reader: Reader): string {
  const byOwner = groupBy(plan.edits, ({ manifest, file }) => manifest ?? file);
  const byManifest = new Map(plan.packages.map((each) => [each.manifest, each]));
  const owners = [...new Set([...byManifest.keys(), ...byOwner.keys()])].filter((each) =>
    byOwner.has(each),
  );
  return owners
    .map((owner) => {
      const edits = byOwner.get(owner) ?? [];
      const released = byManifest.get(owner);
      const why = reasonsOf(edits.filter((edit) => edit.why !== released?.reason));
      return [headingOf(released, owner), ...why, ...diffsOf(edits, reader)].join('\n');
    })
    .join('\n\n');
}

function headingOf(released: PlannedPackage | undefined, owner: string): string {
  if (!released) return `${owner}, which is not released`;
  const { ecosystem, name, from, to, reason } = released;
  return `${ecosystem}:${name} ${from ?? '(none)'} → ${to}: ${reason}`;
}

/** Reasons of its own for what changes; that of the package itself stands in the heading. */
function reasonsOf(edits: readonly PlannedEdit[]): string[] {
  return [...new Set(edits.map(({ why }) => `  because ${why}`))];
}

function diffsOf(edits: readonly PlannedEdit[], reader: Reader): string[] {
  return [...groupBy(edits, ({ file }) => file)].flatMap(([file, own]) => {
    const source = reader.read(file);
    return source ? [unifiedDiff(source, own).trimEnd()] : [];
  });
}
