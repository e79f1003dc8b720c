import { describeEachDatabase } from '../testing/each-database';
import { openStore, type Store } from './open-store';

/** What is looked up so often that it must not be a walk over all rows: of a table, its first column, or its method. */
const needed: readonly (readonly [what: string, table: string, definition: RegExp])[] = [
  ['users by name', 'users', /UNIQUE.* \(username\)/],
  ['users by address of mail', 'users', /UNIQUE.*lower\(email\)/],
  ['tokens by their hash', 'tokens', /UNIQUE.* \(sha256\)/],
  ['tokens of a user', 'tokens', /\(username\)/],
  ['a package by its name', 'packages', /UNIQUE.* \(ecosystem, normalized_name\)/],
  ['names that begin so', 'packages', /\(normalized_name text_pattern_ops\)/],
  ['versions of a package', 'versions', /UNIQUE.* \(package_id, version\)/],
  ['owners of a package', 'owners', /UNIQUE.* \(package_id, username\)/],
  ['downloads of a version', 'downloads', /\(version_id, day\)/],
  ['downloads of a time', 'downloads', /\(day\)/],
  ['packages by keyword', 'descriptions', /USING gin \(keywords\)/],
  ['packages by word', 'descriptions', /USING gin \(words\)/],
  ['packages by category', 'descriptions', /USING gin \(categories\)/],
  ['packages by dependency', 'descriptions', /USING gin \(dependencies\)/],
  ['files of a version', 'files', /\(version_id\)/],
  ['whether a blob is referred to', 'files', /\(sha256\)/],
  ['the open draft of a version', 'drafts', /UNIQUE.*WHERE \(state = 'open'/],
  ['events that wait', 'outbox', /\(id\) WHERE \(delivered_at IS NULL\)/],
  ['the trail of a package', 'audit', /\(subject text_pattern_ops\)/],
];

describeEachDatabase((empty) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore(await empty());
  }, 60_000);
  afterAll(() => store.close());

  it.each(needed)('has an index for %s', async (_, table, definition) => {
    const rows = await store.db.query<{ indexdef: string }>(
      `select indexdef from pg_indexes where schemaname = 'public' and tablename = $1`,
      [table],
    );
    expect(rows.filter(({ indexdef }) => definition.test(indexdef))).toHaveLength(1);
  });

  it('keeps everything that a registry is made of in a table of its own', async () => {
    const rows = await store.db.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const names = rows.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['users', 'tokens', 'packages', 'versions', 'downloads', 'owners', 'blobs', 'drafts'],
        ...['draft_entries', 'manifests', 'outbox', 'audit'],
      ]),
    );
  });
});
