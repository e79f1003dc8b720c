import type { Reader } from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { PlannedEdit, ReleasePlan } from './release-plan';
import { unifiedDiff } from './unified-diff';

/**
 * What a release changes, package by package: why, and the very lines. `reader` shows the files as they were
 * before. A file that several packages share (a lock file) stands under each with the lines that are its own.
 */
export function renderDiffs(plan: ReleasePlan, reader: Reader): string {
  const byOwner = groupBy(plan.edits, ({ manifest, file }) => manifest ?? file);
  const order = plan.packages.map(({ manifest }) => manifest);
  const owners = [...new Set([...order, ...byOwner.keys()])].filter((each) => byOwner.has(each));
  return owners
    .map((owner) => {
      const edits = byOwner.get(owner) ?? [];
      const reason = plan.packages.find(({ manifest }) => manifest === owner)?.reason;
      const why = reasonsOf(edits.filter((edit) => edit.why !== reason));
      return [headingOf(plan, owner), ...why, ...diffsOf(edits, reader)].join('\n');
    })
    .join('\n\n');
}

function headingOf({ packages }: ReleasePlan, owner: string): string {
  const found = packages.find(({ manifest }) => manifest === owner);
  if (!found) return `${owner}, which is not released`;
  const { ecosystem, name, from, to, reason } = found;
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
