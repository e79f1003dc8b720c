import type { OutboxEvent, Queryable, SqlValue } from '../store';
import { describe, describeVersion } from './describe-version';
import type { ReceivedFile } from './digests';
import type { Publication } from './publish';
import { attempt } from './record-attempt';

/** Files that the package does not have yet, and where they go. */
export interface NewFiles {
  readonly packageId: number;
  /** Default: a new one. */
  readonly versionId: number | undefined;
  /** The version has a file that can be had; else it is new, or comes anew after all of it was taken back. */
  readonly isThere: boolean;
  /** No version that is there is a higher one. */
  readonly isHighest: boolean;
  readonly files: readonly ReceivedFile[];
  /** All that came, for the audit trail. */
  readonly received: readonly ReceivedFile[];
}

/**
 * Writes all that an upload brings: its version as a draft, if it is a new one; tags and description, unless it adds to
 * a version; the upload, its files, the event and the audit row. One statement, because statements are most of what a
 * publish takes. Answers the version.
 */
export async function writeUpload(
  tx: Queryable,
  to: NewFiles,
  publication: Publication,
): Promise<number> {
  const values = [...common(to, publication), ...(to.isThere ? [] : ofWhole(to, publication))];
  const [written] = await tx.query<{ id: number }>(statements[kindOf(to)], values);
  if (!written) throw new Error('the database answers without the row that was written');
  return written.id;
}

/** $1 to $10. */
function common(to: NewFiles, publication: Publication): SqlValue[] {
  const { upload, user, now } = publication;
  const event = eventOf(to, publication);
  const audited = attempt(publication, 'publish', to.received);
  const stored = to.files.map(({ filename, size, sha256, digests }) => {
    return { filename, size, sha256, digests };
  });
  return [
    to.packageId,
    to.versionId ?? upload.version,
    JSON.stringify(upload.metadata),
    user,
    now.toISOString(),
    JSON.stringify(stored),
    event.event,
    JSON.stringify(event.payload),
    event.aggregate,
    JSON.stringify(audited.detail),
  ];
}

type Kind = 'published' | 'republished' | 'files-added';

/** A version is published once; what comes of it later adds to it, or takes the place of what was taken back. */
function kindOf({ versionId, isThere }: NewFiles): Kind {
  if (versionId === undefined) return 'published';
  return isThere ? 'files-added' : 'republished';
}

function eventOf(
  to: NewFiles,
  { ecosystem, upload: { name, version }, now }: Publication,
): OutboxEvent {
  const added = to.files.map(({ filename, size, sha256 }) => ({ filename, size, sha256 }));
  return {
    at: now,
    event: `version.${kindOf(to)}`,
    aggregate: `${ecosystem.id}:${name}@${version}`,
    payload: { ecosystem: ecosystem.id, name, version, files: added },
  };
}

const intoUpload = `
  upload as (
    insert into uploads (version_id, metadata, uploaded_by, uploaded_at)
    select version.id, $3::json, $4, $5::timestamptz from version returning id
  ),
  stored as (
    insert into files (upload_id, version_id, package_id, filename, size, sha256, digests)
    select upload.id, version.id, $1::bigint, f.filename, f.size, f.sha256, f.digests
    from version, upload,
      json_to_recordset($6::json) as f (filename text, size bigint, sha256 text, digests json)
  ),
  announced as (
    insert into outbox (event, aggregate, payload, created_at)
    values ($7, $9::text, $8::json, $5::timestamptz)
  ),
  audited as (
    insert into audit (at, actor, action, subject, detail)
    values ($5::timestamptz, $4, 'publish', $9::text, $10::json)
  )`;

/** $11 to $14. */
function ofWhole({ isHighest }: NewFiles, publication: Publication): SqlValue[] {
  const { tags = {}, version } = publication.upload;
  const moved = Object.entries(tags).filter(([, target]) => target === version);
  const { manifest, description } = describeVersion(publication);
  return [JSON.stringify(moved.map(([tag]) => tag)), manifest, description, isHighest];
}

const described = `
  tagged as (
    insert into tags (package_id, version_id, tag)
    select $1::bigint, version.id, t.tag from version, json_array_elements_text($11::json) as t (tag)
    on conflict (package_id, tag) do update set version_id = excluded.version_id
  ),
  kept as (
    insert into manifests (version_id, upload_id, manifest)
    select version.id, upload.id, $12::jsonb from version, upload
  ),
  described as (${describe('$1', '$13', '$14')})`;

const made = `version as (
    insert into versions (package_id, version, state) values ($1::bigint, $2, 'draft') returning id
  )`;
const found = `version as (select $2::bigint as id)`;

const statements: Readonly<Record<Kind, string>> = {
  published: `with ${made}, ${intoUpload}, ${described} select id from version`,
  republished: `with ${found}, ${intoUpload}, ${described} select id from version`,
  'files-added': `with ${found}, ${intoUpload} select id from version`,
};
