import { ForgeError, type PackageChange, type StoredPackage } from '@forge/ecosystems';
import { unknownUsers, type Queryable } from '../store';

/** Why the changes cannot be made: all reasons. Each protocol has checked its own rules before. */
export async function checkChanges(
  tx: Queryable,
  found: StoredPackage,
  changes: readonly PackageChange[],
): Promise<readonly ForgeError[]> {
  const added = changes.flatMap((each) => (each.kind === 'add-owner' ? [each.user] : []));
  const unknown = added.length > 0 ? await unknownUsers(tx, added) : [];
  return [
    ...changes.flatMap((each) => absentVersion(found, each)),
    ...unknown.map((user) => absent(`there is no user \`${user}\``)),
    ...ownerProblems(found, changes),
  ];
}

function absentVersion({ name, versions }: StoredPackage, change: PackageChange): ForgeError[] {
  if (!('version' in change)) return [];
  if (versions.some(({ version }) => version === change.version)) return [];
  return [absent(`\`${name}\` has no version \`${change.version}\``)];
}

/** A package without an owner could never be changed again. */
function ownerProblems(
  { name, owners }: StoredPackage,
  changes: readonly PackageChange[],
): ForgeError[] {
  const left = new Set(owners);
  const problems: ForgeError[] = [];
  for (const each of changes) {
    if (each.kind === 'add-owner') left.add(each.user);
    if (each.kind === 'remove-owner' && !left.delete(each.user))
      problems.push(absent(`\`${each.user}\` is no owner of \`${name}\``));
  }
  if (left.size > 0 || problems.length > 0) return problems;
  return [new ForgeError('FORGE-R011', { what: `\`${name}\` would have no owner left` })];
}

function absent(what: string): ForgeError {
  return new ForgeError('FORGE-R010', { what });
}
