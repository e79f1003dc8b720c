import type { Json, Notice, StoredFile, StoredPackage } from '@forge/ecosystems';
import type { Queryable } from './database';
import { mergeMetadata } from './merge-metadata';

interface VersionRow {
  readonly package_id: number;
  readonly revision: number;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly owners: readonly string[] | null;
  readonly version: string;
  readonly yanked: boolean;
  readonly notice: Notice | null;
  readonly published_at: Date;
  readonly metadata: readonly Json[];
  readonly files: readonly StoredFile[];
  readonly attachments: readonly StoredFile[] | null;
}

/** Versions that have files; what is said of one is what the uploads of those files said. */
const selectVersions = `
  select p.id as package_id, p.revision, p.name, v.version, v.yanked, v.notice, v.published_at,
    (select json_object_agg(t.tag, tv.version) from tags t join versions tv on tv.id = t.version_id
      where t.package_id = p.id) as tags,
    (select json_agg(o.username order by o.id) from owners o where o.package_id = p.id) as owners,
    (select json_agg(u.metadata order by u.id) from uploads u where u.version_id = v.id
      and exists (select from files f where f.version_id = v.id and f.upload_id = u.id
        and f.removed_at is null)) as metadata,
    f.files,
    (select json_agg(json_build_object('filename', a.filename, 'size', a.size, 'sha256', a.sha256,
      'digests', a.digests) order by a.filename)
      from attachments a where a.version_id = v.id) as attachments
  from packages p join versions v on v.package_id = p.id,
    lateral (select json_agg(json_build_object('filename', f.filename, 'size', f.size,
      'sha256', f.sha256, 'digests', f.digests) order by f.id) as files
      from files f where f.version_id = v.id and f.removed_at is null) f
  where v.state = 'published' and f.files is not null and p.ecosystem = $1`;

/** A package with all its published versions, in the order in which they arrived. */
export async function findPackage(
  db: Queryable,
  ecosystem: string,
  normalizedName: string,
): Promise<StoredPackage | undefined> {
  return (await findRevision(db, ecosystem, normalizedName))?.found;
}

/** A package as it was at one revision. */
export interface PackageRevision {
  readonly found: StoredPackage;
  readonly revision: number;
}

export async function findRevision(
  db: Queryable,
  ecosystem: string,
  normalizedName: string,
): Promise<PackageRevision | undefined> {
  const rows = await db.query<VersionRow>(
    `${selectVersions} and p.normalized_name = $2 order by v.arrival`,
    [ecosystem, normalizedName],
  );
  const [found] = groupByPackage(rows);
  return found && { found, revision: rows[0]?.revision ?? 0 };
}

interface PackageKey {
  readonly ecosystem: string;
  readonly name: string;
}

/** Which revisions packages are at; each change of one or of a version of it makes a new one. */
export async function currentRevisions(
  db: Queryable,
  packages: readonly PackageKey[],
): Promise<readonly (number | null)[]> {
  const rows = await db.query<{ revision: number | null }>(
    `select (select p.revision from packages p
      where p.ecosystem = k.ecosystem and p.normalized_name = k.name) as revision
    from rows from (json_to_recordset($1::json) as (ecosystem text, name text))
      with ordinality as k (ecosystem, name, place)
    order by k.place`,
    [JSON.stringify(packages)],
  );
  return rows.map(({ revision }) => revision);
}

/** All packages of one ecosystem, by name. */
export async function listPackages(
  db: Queryable,
  ecosystem: string,
): Promise<readonly StoredPackage[]> {
  const rows = await db.query<VersionRow>(
    `${selectVersions} order by p.normalized_name collate "C", v.arrival`,
    [ecosystem],
  );
  return groupByPackage(rows);
}

function groupByPackage(rows: readonly VersionRow[]): StoredPackage[] {
  const groups = new Map<number, VersionRow[]>();
  for (const row of rows) {
    const group = groups.get(row.package_id);
    if (group) group.push(row);
    else groups.set(row.package_id, [row]);
  }
  return [...groups.values()].map(toPackage);
}

function toPackage(rows: readonly VersionRow[]): StoredPackage {
  return {
    name: rows[0]?.name ?? '',
    tags: rows[0]?.tags ?? {},
    owners: rows[0]?.owners ?? [],
    versions: rows.map((row) => ({
      version: row.version,
      metadata: mergeMetadata(row.metadata),
      files: row.files,
      yanked: row.yanked,
      ...(row.notice && { notice: row.notice }),
      ...(row.attachments && { attachments: row.attachments }),
      publishedAt: row.published_at.toISOString(),
    })),
  };
}

/** A file that can be had; an attached one may be another tomorrow. */
export interface FoundFile extends StoredFile {
  readonly isFixed: boolean;
}

/** Where a filename belongs to several packages, the caller names the package. */
export async function findFile(
  db: Queryable,
  ecosystem: string,
  filename: string,
  normalizedName: string | undefined,
): Promise<FoundFile | undefined> {
  const rows = await db.query<FoundFile>(
    `${selectFile('files', 'f.removed_at is null', true)}
    union all ${selectFile(
      'attachments',
      `exists (select from files g
      where g.version_id = f.version_id and g.removed_at is null)`,
      false,
    )} limit 1`,
    [ecosystem, filename, normalizedName ?? null],
  );
  return rows[0];
}

function selectFile(table: 'files' | 'attachments', isThere: string, isFixed: boolean): string {
  return `(select f.filename, f.size::int8 as size, f.sha256, f.digests, ${isFixed} as "isFixed"
    from ${table} f join packages p on p.id = f.package_id join versions v on v.id = f.version_id
    where p.ecosystem = $1 and f.filename = $2 and v.state = 'published' and ${isThere}
      and ($3::text is null or p.normalized_name = $3)
    order by p.id, f.version_id limit 1)`;
}
