import type { Description, Ecosystem } from '@forge/ecosystems';
import type { Queryable } from '../store';
import { describe, descriptionOf } from './describe-version';
import type { LockedPackage } from './look-at-package';

interface PresentVersion {
  readonly id: number;
  readonly version: string;
  readonly yanked: boolean;
}

/**
 * Has a package found by what the highest version says that is left: of those that can be had, one that is not
 * withdrawn if there is one. Where none is left, nothing finds it.
 */
export async function describeHighest(
  tx: Queryable,
  ecosystem: Ecosystem,
  { id: packageId, name }: LockedPackage,
): Promise<void> {
  const versions = await tx.query<PresentVersion>(
    `select v.id, v.version, v.yanked from versions v where v.package_id = $1
      and exists (select from files f where f.version_id = v.id and f.removed_at is null)`,
    [packageId],
  );
  const highest = highestOf(ecosystem, versions);
  if (!highest) return;
  const [said] = await tx.query<{ manifest: Description }>(
    'select manifest from manifests where version_id = $1 order by upload_id desc limit 1',
    [highest.id],
  );
  if (!said) return;
  const description = descriptionOf(ecosystem, name, said.manifest);
  await tx.query(describe('$1', '$2', '$3'), [packageId, description, true]);
}

function highestOf(
  { versions: { compare } }: Ecosystem,
  versions: readonly PresentVersion[],
): PresentVersion | undefined {
  const offered = versions.filter(({ yanked }) => !yanked);
  const [first, ...others] = offered.length > 0 ? offered : versions;
  return others.reduce((a, b) => (a && compare(b.version, a.version) > 0 ? b : a), first);
}
