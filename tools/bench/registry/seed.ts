import type { Database, Queryable } from '../../../packages/registry/src/store';

/**
 * Copies of the one package that is there, under other names, until there are so many: each row of it as a publish
 * writes it, but all at once. Their files share its bytes.
 */
export async function seedPackages(
  db: Database,
  template: string,
  packages: number,
  nameOf: (at: number) => string,
): Promise<void> {
  const names = Array.from({ length: packages }, (_, at) => nameOf(at));
  const copies = names.filter((name) => name !== template);
  await db.transaction((tx) => copy(tx, template, copies));
  // What a server of PostgreSQL does by itself after a while, and the embedded one never.
  if (db.isShared) await db.exec('analyze');
}

async function copy(tx: Queryable, template: string, names: readonly string[]): Promise<void> {
  await tx.query(
    `insert into packages (ecosystem, name, normalized_name)
    select p.ecosystem, n.name, n.name
    from packages p, json_array_elements_text($2::json) as n (name) where p.name = $1`,
    [template, JSON.stringify(names)],
  );
  for (const table of tables) await tx.query(table, [template]);
}

/** `t` is the package that is there with its versions `tv`, `p` one of its copies with its versions `v`. */
const packages = `packages p join packages t on t.name = $1 and p.id <> t.id`;
const versions = `${packages} join versions v on v.package_id = p.id
  join versions tv on tv.package_id = t.id and tv.version = v.version`;
const uploads = `${versions} join uploads u on u.version_id = v.id
  join uploads tu on tu.version_id = tv.id`;
const named = (text: string) => `replace(${text}, t.name, p.name)`;

const tables = [
  `insert into owners (package_id, username, added_by, added_at)
    select p.id, o.username, o.added_by, o.added_at
    from ${packages} join owners o on o.package_id = t.id`,
  `insert into versions (package_id, version, state, published_at, arrival)
    select p.id, tv.version, tv.state, tv.published_at, nextval('arrivals')
    from ${packages} join versions tv on tv.package_id = t.id order by p.id, tv.arrival`,
  `insert into uploads (version_id, metadata, uploaded_by, uploaded_at)
    select v.id, ${named('tu.metadata::text')}::json, tu.uploaded_by, tu.uploaded_at
    from ${versions} join uploads tu on tu.version_id = tv.id`,
  `insert into files (upload_id, version_id, package_id, filename, size, sha256, digests)
    select u.id, v.id, p.id, ${named('f.filename')}, f.size, f.sha256, f.digests
    from ${uploads} join files f on f.upload_id = tu.id`,
  `insert into manifests (version_id, upload_id, manifest)
    select v.id, u.id, m.manifest from ${uploads} join manifests m on m.upload_id = tu.id`,
  `insert into tags (package_id, version_id, tag)
    select p.id, v.id, g.tag from ${versions} join tags g on g.version_id = tv.id`,
  `insert into descriptions (package_id, summary, keywords, categories, dependencies, words)
    select p.id, d.summary, d.keywords, d.categories, d.dependencies,
      to_tsvector('english', p.name || ' ' || d.summary)
    from ${packages} join descriptions d on d.package_id = t.id`,
  `insert into outbox (event, aggregate, payload, created_at)
    select o.event, ${named('o.aggregate')}, ${named('o.payload::text')}::json, o.created_at
    from ${versions} join outbox o on o.aggregate = t.ecosystem || ':' || t.name || '@' || tv.version`,
  `insert into audit (at, actor, action, subject, detail)
    select a.at, a.actor, a.action, ${named('a.subject')}, ${named('a.detail::text')}::json
    from ${versions} join audit a on a.subject = t.ecosystem || ':' || t.name || '@' || tv.version`,
];
