import type { Queryable } from '../store';
import type { PresentFile } from './judge-files';
import type { Publication } from './publish';

/** A package by the name that it has since its first version, whose spelling others may not keep to. */
export interface LockedPackage {
  readonly id: number;
  readonly name: string;
}

/** The package's row, made if it is not there, else at its next revision, locked until the transaction ends. */
export async function lockPackage(
  tx: Queryable,
  { ecosystem, upload }: Publication,
): Promise<LockedPackage> {
  const [locked] = await tx.query<LockedPackage>(
    `insert into packages as p (ecosystem, normalized_name, name) values ($1, $2, $3)
    on conflict (ecosystem, normalized_name) do update set revision = p.revision + 1
    returning id, name`,
    [ecosystem.id, ecosystem.normalizeName(upload.name), upload.name],
  );
  if (!locked) throw new Error('the database answers without the row that was written');
  return locked;
}

/** What an upload is seen against. */
export interface PresentVersions {
  /** Whether the user is an owner, now at least. */
  readonly isOwner: boolean;
  readonly existing: number | undefined;
  readonly present: readonly PresentFile[];
  /** The version has a file that can be had: it was not taken back as a whole. */
  readonly isThere: boolean;
  /** No version that is there is a higher one. */
  readonly isHighest: boolean;
}

interface PresentRow {
  readonly id: number;
  readonly version: string;
  readonly files: readonly Omit<PresentFile, 'versionId'>[] | null;
}

/**
 * Makes the user the owner of a package that has none, and tells what the package has, or had, that the upload may
 * collide with: the version, if it is there, and all files of it or under one of the names. Equality of versions is
 * the ecosystem's own (`1.0` is `1.0.0` for some), so it is decided here and not by an index.
 *
 * Not one statement with the lock: it sees what was committed when it began, and a lock may have to be waited for.
 */
export async function lookAtPackage(
  tx: Queryable,
  packageId: number,
  { ecosystem, upload, user, now }: Publication,
): Promise<PresentVersions> {
  const names = JSON.stringify(upload.files.map(({ filename }) => filename));
  const [seen] = await tx.query<{ isOwner: boolean; versions: readonly PresentRow[] | null }>(
    claimAndLook,
    [packageId, user, now.toISOString(), upload.version, names],
  );
  const versions = seen?.versions ?? [];
  const spelledAlike = versions.find(({ version }) => version === upload.version);
  const compare = ({ version }: PresentRow) => ecosystem.versions.compare(version, upload.version);
  const existing = spelledAlike ?? versions.find((each) => compare(each) === 0);
  const unseen = existing && existing.files === null ? [await withFiles(tx, existing)] : [];
  const present = [...versions, ...unseen].flatMap(({ id, files }) =>
    (files ?? []).map((file) => ({ ...file, versionId: id })),
  );
  return {
    isOwner: seen?.isOwner === true,
    existing: existing?.id,
    isThere: present.some(({ versionId, isRemoved }) => versionId === existing?.id && !isRemoved),
    isHighest: versions.every((each) => compare(each) <= 0),
    present,
  };
}

const claimAndLook = `with claimed as (
    insert into owners (package_id, username, added_by, added_at)
    select $1::bigint, $2::text, $2::text, $3::timestamptz
    where not exists (select from owners where package_id = $1::bigint) returning username
  )
  select exists (select from claimed)
      or exists (select from owners where package_id = $1::bigint and username = $2::text) as "isOwner",
    (select json_agg(json_build_object('id', v.id, 'version', v.version,
      'files', case when v.version = $4::text or v.id in (
        select g.version_id from files g where g.package_id = $1::bigint and not g.reusable
          and g.filename in (select json_array_elements_text($5::json))
      ) then (${filesOf('v.id')}) end)) from versions v where v.package_id = $1::bigint) as versions`;

/** The version in another spelling, whose files were not asked for. */
async function withFiles(tx: Queryable, version: PresentRow): Promise<PresentRow> {
  const rows = await tx.query<Pick<PresentRow, 'files'>>(
    `select (${filesOf('$1::bigint')}) as files`,
    [version.id],
  );
  return { ...version, files: rows[0]?.files ?? null };
}

function filesOf(version: string): string {
  return `select json_agg(json_build_object('filename', f.filename, 'sha256', f.sha256,
    'isRemoved', f.removed_at is not null)) from files f where f.version_id = ${version} and not f.reusable`;
}
