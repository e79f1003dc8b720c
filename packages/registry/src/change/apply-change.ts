import type { PackageChange } from '@forge/ecosystems';
import type { Claim, Queryable, SqlValue } from '../store';

type Kind = PackageChange['kind'];
type ChangeOf<K extends Kind> = Extract<PackageChange, { readonly kind: K }>;
type Statement = readonly [sql: string, values: readonly SqlValue[]];
type Statements = {
  readonly [K in Kind]: (change: ChangeOf<K>, by: Claim) => readonly Statement[];
};

/** Makes one change; false where everything was so already. The package is locked by the caller. */
export async function applyChange(
  tx: Queryable,
  by: Claim,
  change: PackageChange,
): Promise<boolean> {
  // The table gives each kind its own statements; TypeScript 6 cannot follow the two through one index.
  const [first, ...followers] = statements[change.kind](change as never, by);
  if (!first || (await tx.query(...first)).length === 0) return false;
  for (const follower of followers) await tx.query(...follower);
  return true;
}

/** Each answers with a row for what it changed; those behind the first only run where it changed anything. */
const statements: Statements = {
  yank: ({ version, notice }, { packageId }) => {
    const text = notice === undefined ? null : JSON.stringify(notice);
    const sql = `update versions set yanked = true, notice = $3::json
      where package_id = $1 and version = $2
        and (not yanked or notice::jsonb is distinct from $3::jsonb) returning id`;
    return [[sql, [packageId, version, text]]];
  },
  unyank: ({ version }, { packageId }) => [restore(packageId, version)],
  remove: ({ version, filenames, reusable = false }, { packageId, now }) => {
    const only = filenames === undefined ? null : JSON.stringify(filenames);
    const sql = `update files f set removed_at = $3::timestamptz, reusable = $4
      from versions v where v.id = f.version_id and v.package_id = $1 and v.version = $2
        and f.removed_at is null and ($5::json is null
          or f.filename in (select json_array_elements_text($5::json))) returning f.id`;
    return [
      [sql, [packageId, version, now.toISOString(), reusable, only]],
      dropDanglingTags(packageId),
      ...(reusable ? [restore(packageId, version), detachAll(packageId, version)] : []),
    ];
  },
  'add-owner': ({ user }, { packageId, user: by, now }) => [
    [
      `insert into owners (package_id, username, added_by, added_at)
      values ($1, $2, $3, $4::timestamptz) on conflict do nothing returning id`,
      [packageId, user, by, now.toISOString()],
    ],
  ],
  'remove-owner': ({ user }, { packageId }) => [
    ['delete from owners where package_id = $1 and username = $2 returning id', [packageId, user]],
  ],
  'set-tag': ({ tag, version }, { packageId }) => [
    [
      `insert into tags as t (package_id, tag, version_id)
      select $1, $2, id from versions where package_id = $1 and version = $3
      on conflict (package_id, tag) do update set version_id = excluded.version_id
        where t.version_id <> excluded.version_id returning tag`,
      [packageId, tag, version],
    ],
  ],
  'delete-tag': ({ tag }, { packageId }) => [
    ['delete from tags where package_id = $1 and tag = $2 returning tag', [packageId, tag]],
  ],
  attach: ({ version, file }, { packageId, user, now }) => [
    [
      `insert into attachments as a
        (package_id, version_id, filename, size, sha256, digests, attached_by, attached_at)
      select $1, id, $3, $4, $5, $6::json, $7, $8::timestamptz
        from versions where package_id = $1 and version = $2
      on conflict (package_id, filename) do update set (version_id, size, sha256, digests,
        attached_by, attached_at) = (excluded.version_id, excluded.size, excluded.sha256,
        excluded.digests, excluded.attached_by, excluded.attached_at)
      where a.sha256 <> excluded.sha256 returning filename`,
      [
        packageId,
        version,
        file.filename,
        file.size,
        file.sha256,
        JSON.stringify(file.digests),
        user,
        now.toISOString(),
      ],
    ],
  ],
  detach: ({ version, filename }, { packageId }) => [
    [
      `delete from attachments a using versions v where v.id = a.version_id and v.version = $2
        and a.package_id = $1 and a.filename = $3 returning a.filename`,
      [packageId, version, filename],
    ],
  ],
};

function restore(packageId: number, version: string): Statement {
  const sql = `update versions set yanked = false, notice = null
    where package_id = $1 and version = $2 and yanked returning id`;
  return [sql, [packageId, version]];
}

function detachAll(packageId: number, version: string): Statement {
  const sql = `delete from attachments a using versions v
    where v.id = a.version_id and a.package_id = $1 and v.version = $2`;
  return [sql, [packageId, version]];
}

/** A tag must not point at a version that nobody can get. */
function dropDanglingTags(packageId: number): Statement {
  const sql = `delete from tags t where t.package_id = $1 and not exists (
    select from files f where f.version_id = t.version_id and f.removed_at is null)`;
  return [sql, [packageId]];
}
