import { announce, recordAudit, type Queryable } from '../store';
import type { ReceivedFile } from './digests';
import type { PresentFile } from './judge-files';
import type { Publication } from './publish';

/** The package's row, made if it is not there, else at its next revision, locked until the transaction ends. */
export async function lockPackage(
  tx: Queryable,
  { ecosystem, upload }: Publication,
): Promise<number> {
  const locked = await tx.query<{ id: number }>(
    `insert into packages as p (ecosystem, normalized_name, name) values ($1, $2, $3)
    on conflict (ecosystem, normalized_name) do update set revision = p.revision + 1 returning id`,
    [ecosystem.id, ecosystem.normalizeName(upload.name), upload.name],
  );
  return only(locked).id;
}

interface PresentRow {
  readonly id: number;
  readonly version: string;
  readonly files: readonly Omit<PresentFile, 'versionId'>[] | null;
}

/** What an upload is seen against. */
export interface PresentVersions {
  readonly existing: number | undefined;
  readonly present: readonly PresentFile[];
  /** No version that is there is a higher one. */
  readonly isHighest: boolean;
}

/**
 * What the package has, or had, that the upload may collide with: the version, if it is there, and all files of it or
 * under one of the names. Equality of versions is the ecosystem's own (`1.0` is `1.0.0` for some), so it is decided
 * here and not by an index.
 */
export async function findPresent(
  tx: Queryable,
  packageId: number,
  { ecosystem, upload }: Publication,
): Promise<PresentVersions> {
  const names = JSON.stringify(upload.files.map(({ filename }) => filename));
  const versions = await tx.query<PresentRow>(
    `select v.id, v.version, case when v.version = $2 or v.id in (
        select g.version_id from files g where g.package_id = $1 and not g.reusable
          and g.filename in (select json_array_elements_text($3::json))
      ) then (${filesOf('v.id')}) end as files
    from versions v where v.package_id = $1`,
    [packageId, upload.version, names],
  );
  const spelledAlike = versions.find(({ version }) => version === upload.version);
  const existing =
    spelledAlike ??
    versions.find(({ version }) => ecosystem.versions.compare(version, upload.version) === 0);
  const unseen = existing && existing.files === null ? [await withFiles(tx, existing)] : [];
  return {
    existing: existing?.id,
    isHighest: versions.every(
      ({ version }) => ecosystem.versions.compare(version, upload.version) <= 0,
    ),
    present: [...versions, ...unseen].flatMap(({ id, files }) =>
      (files ?? []).map((file) => ({ ...file, versionId: id })),
    ),
  };
}

/** The version in another spelling, whose files were not asked for. */
async function withFiles(tx: Queryable, version: PresentRow): Promise<PresentRow> {
  const rows = await tx.query<Pick<PresentRow, 'files'>>(`select (${filesOf('$1')}) as files`, [
    version.id,
  ]);
  return { ...version, files: only(rows).files };
}

function filesOf(version: string): string {
  return `select json_agg(json_build_object('filename', f.filename, 'sha256', f.sha256,
    'isRemoved', f.removed_at is not null)) from files f where f.version_id = ${version} and not f.reusable`;
}

export async function insertDraft(
  tx: Queryable,
  packageId: number,
  { upload }: Publication,
): Promise<number> {
  const inserted = await tx.query<{ id: number }>(
    `insert into versions (package_id, version, state) values ($1, $2, 'draft') returning id`,
    [packageId, upload.version],
  );
  return only(inserted).id;
}

export async function insertUpload(
  tx: Queryable,
  to: {
    readonly packageId: number;
    readonly versionId: number;
    readonly files: readonly ReceivedFile[];
  },
  { upload, user, now }: Publication,
): Promise<void> {
  const files = to.files.map(({ filename, size, sha256, digests }) => ({
    filename,
    size,
    sha256,
    digests,
  }));
  await tx.query(
    `with upload as (
      insert into uploads (version_id, metadata, uploaded_by, uploaded_at)
      values ($1, $2::json, $3, $4::timestamptz) returning id
    )
    insert into files (upload_id, version_id, package_id, filename, size, sha256, digests)
    select upload.id, $1, $5, f.filename, f.size, f.sha256, f.digests
    from upload, json_to_recordset($6::json) as f (filename text, size bigint, sha256 text, digests json)`,
    [
      to.versionId,
      JSON.stringify(upload.metadata),
      user,
      now.toISOString(),
      to.packageId,
      JSON.stringify(files),
    ],
  );
}

export async function moveTags(
  tx: Queryable,
  packageId: number,
  versionId: number,
  { upload }: Publication,
): Promise<void> {
  const tags = Object.entries(upload.tags ?? {}).filter(([, target]) => target === upload.version);
  if (tags.length === 0) return;
  await tx.query(
    `insert into tags (package_id, version_id, tag)
    select $1, $2, json_array_elements_text($3::json)
    on conflict (package_id, tag) do update set version_id = excluded.version_id`,
    [packageId, versionId, JSON.stringify(tags.map(([tag]) => tag))],
  );
}

/** Any number will do, as long as every server takes the same one. */
const turnstile = 4_874_011;

/**
 * Makes a version public, as the last act of a transaction: through a turnstile, so that versions are numbered in
 * the order in which they can be seen, and whoever asks for those after a number misses none.
 */
export async function openDraft(
  tx: Queryable,
  versionId: number,
  { now }: Publication,
): Promise<void> {
  await tx.query(
    `with turn as materialized (select pg_advisory_xact_lock($3))
    update versions set state = 'published', published_at = $2::timestamptz,
      arrival = nextval('arrivals')
    from turn where id = $1 and state = 'draft'`,
    [versionId, now.toISOString(), turnstile],
  );
}

/** One event per version, and one per upload that adds to it later. */
export async function announceUpload(
  tx: Queryable,
  { ecosystem, upload, now }: Publication,
  files: readonly ReceivedFile[],
  isNewVersion: boolean,
): Promise<void> {
  const { name, version } = upload;
  const added = files.map(({ filename, size, sha256 }) => ({ filename, size, sha256 }));
  await announce(tx, {
    at: now,
    event: isNewVersion ? 'version.published' : 'version.files-added',
    aggregate: `${ecosystem.id}:${name}@${version}`,
    payload: { ecosystem: ecosystem.id, name, version, files: added },
  });
}

export async function recordAttempt(
  tx: Queryable,
  { ecosystem, upload, user, now }: Publication,
  action: string,
  files: readonly ReceivedFile[],
): Promise<void> {
  await recordAudit(tx, {
    at: now,
    actor: user,
    action,
    subject: `${ecosystem.id}:${upload.name}@${upload.version}`,
    detail: { files: files.map(({ filename, sha256 }) => ({ filename, sha256 })) },
  });
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('the database answers without the row that was written');
  return row;
}
