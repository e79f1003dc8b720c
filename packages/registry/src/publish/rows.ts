import type { Queryable } from '../store';
import type { ReceivedFile } from './digests';
import type { PresentFile } from './judge-files';
import type { Publication } from './publish';

/** The package's row, made if it is not there, locked until the transaction ends. */
export async function lockPackage(
  tx: Queryable,
  { ecosystem, upload }: Publication,
): Promise<number> {
  const key = [ecosystem.id, ecosystem.normalizeName(upload.name)];
  await tx.query(
    `insert into packages (ecosystem, normalized_name, name) values ($1, $2, $3)
    on conflict (ecosystem, normalized_name) do nothing`,
    [...key, upload.name],
  );
  const found = await tx.query<{ id: number }>(
    'select id from packages where ecosystem = $1 and normalized_name = $2 for update',
    key,
  );
  return only(found).id;
}

/** Equality is the ecosystem's own (`1.0` is `1.0.0` for some), so it is decided here and not by an index. */
export async function findVersion(
  tx: Queryable,
  packageId: number,
  { ecosystem, upload }: Publication,
): Promise<number | undefined> {
  const found = await tx.query<{ id: number; version: string }>(
    'select id, version from versions where package_id = $1',
    [packageId],
  );
  const isSame = (other: string) =>
    other === upload.version || ecosystem.versions.compare(other, upload.version) === 0;
  return found.find(({ version }) => isSame(version))?.id;
}

export function filesOf(tx: Queryable, packageId: number): Promise<readonly PresentFile[]> {
  return tx.query<PresentFile>(
    'select filename, sha256, version_id as "versionId" from files where package_id = $1',
    [packageId],
  );
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
  versionId: number,
  { upload, user, now }: Publication,
): Promise<number> {
  const inserted = await tx.query<{ id: number }>(
    `insert into uploads (version_id, metadata, uploaded_by, uploaded_at)
    values ($1, $2::json, $3, $4::timestamptz) returning id`,
    [versionId, JSON.stringify(upload.metadata), user, now.toISOString()],
  );
  return only(inserted).id;
}

export async function insertFile(
  tx: Queryable,
  row: {
    readonly packageId: number;
    readonly versionId: number;
    readonly uploadId: number;
    readonly file: ReceivedFile;
  },
): Promise<void> {
  const { filename, size, sha256, digests } = row.file;
  await tx.query(
    `insert into files (package_id, version_id, upload_id, filename, size, sha256, digests)
    values ($1, $2, $3, $4, $5, $6, $7::json)`,
    [row.packageId, row.versionId, row.uploadId, filename, size, sha256, JSON.stringify(digests)],
  );
}

export async function moveTags(
  tx: Queryable,
  packageId: number,
  versionId: number,
  { upload }: Publication,
): Promise<void> {
  const tags = Object.entries(upload.tags ?? {}).filter(([, target]) => target === upload.version);
  for (const [tag] of tags) {
    await tx.query(
      `insert into tags (package_id, tag, version_id) values ($1, $2, $3)
      on conflict (package_id, tag) do update set version_id = excluded.version_id`,
      [packageId, tag, versionId],
    );
  }
}

export async function openDraft(
  tx: Queryable,
  versionId: number,
  { now }: Publication,
): Promise<void> {
  await tx.query(
    `update versions set state = 'published', published_at = $2::timestamptz
    where id = $1 and state = 'draft'`,
    [versionId, now.toISOString()],
  );
}

/** One event per version, and one per file that is added later; the unique key keeps it at that. */
export async function announce(
  tx: Queryable,
  { ecosystem, upload, now }: Publication,
  files: readonly ReceivedFile[],
  isNewVersion: boolean,
): Promise<void> {
  const subject = `${ecosystem.id}:${upload.name}@${upload.version}`;
  const added = files.map(({ filename, size, sha256 }) => ({ filename, size, sha256 }));
  const { name, version } = upload;
  const payload = { ecosystem: ecosystem.id, name, version, files: added };
  await tx.query(
    `insert into outbox (event, aggregate, payload, created_at)
    values ($1, $2, $3::json, $4::timestamptz)`,
    [
      isNewVersion ? 'version.published' : 'version.files-added',
      isNewVersion ? subject : `${subject}/${added.map(({ filename }) => filename).join(',')}`,
      JSON.stringify(payload),
      now.toISOString(),
    ],
  );
}

export async function recordAudit(
  tx: Queryable,
  { ecosystem, upload, user, now }: Publication,
  action: string,
  files: readonly ReceivedFile[],
): Promise<void> {
  await tx.query(
    `insert into audit (at, actor, action, subject, detail)
    values ($1::timestamptz, $2, $3, $4, $5::json)`,
    [
      now.toISOString(),
      user,
      action,
      `${ecosystem.id}:${upload.name}@${upload.version}`,
      JSON.stringify({ files: files.map(({ filename, sha256 }) => ({ filename, sha256 })) }),
    ],
  );
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('the database answers without the row that was written');
  return row;
}
