import { digest } from '../../../ecosystems/src/archive';
import { uploadForm, wheelOf } from '../../../ecosystems/src/ecosystems/pypi/testing/distributions';
import { buildGem } from '../../../ecosystems/src/ecosystems/rubygems/testing/gem';
import { subjects, type Subject } from '../../../ecosystems/src/testing/subjects';
import type { Store } from '../store';
import { breakingStore } from '../testing/breaking-store';
import { describeEachDatabase } from '../testing/each-database';
import { nativeUpload } from '../testing/native-upload';
import { openStoreOfForge } from '../testing/store-of-forge';
import { publish, type Publication } from './publish';

/** All that anybody could see, or that would have to be collected; what was attempted may stay. */
async function remains(store: Store): Promise<unknown> {
  const tables = await store.db.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
    where table_schema = 'public' and table_name <> 'migrations' order by table_name`,
  );
  // In one statement: this is asked for after every fault.
  const each = tables.map(
    ({ name }) => `select '${name}' as place, to_json(t)::text as row from ${name} t`,
  );
  const rows = await store.db.query(`${each.join(' union all ')} order by place, row`);
  const blobs: string[] = [];
  for await (const each of store.blobs.list()) blobs.push(each);
  return { rows, blobs: blobs.sort() };
}

const now = new Date('2026-01-01T00:00:00Z');
const joining = subjects.filter(({ ecosystem }) => ecosystem.wire.manyUploadsPerVersion);

type NativeRequest = ReturnType<Subject['kit']['registry']['upload']>['request'];

const wheel = wheelOf('demo_lib', '1.2.0', { 'demo_lib.py': 'fragile' });
const gem = buildGem({ name: 'demo', version: '1.2.0', platform: 'x86_64-linux' });
const fields = {
  ...{ name: 'demo-lib', version: '1.2.0', filetype: 'bdist_wheel', pyversion: 'py3' },
  ...{ metadata_version: '2.4', sha256_digest: digest('sha256', wheel) },
};
/** What comes after the file of the kit, by ecosystem: a wheel after its source, a gem of a platform after that of all. */
const secondFiles: Readonly<Record<string, NativeRequest>> = {
  pypi: {
    ...{ method: 'POST', path: '/legacy/' },
    ...uploadForm('demo_lib-1.2.0-py3-none-any.whl', wheel, fields),
  },
  rubygems: {
    ...{ method: 'POST', path: '/api/v1/gems', body: gem },
    headers: { 'content-type': 'application/octet-stream' },
  },
};

function withRequest(subject: Subject, request: NativeRequest): Subject {
  const { kit } = subject;
  const upload = (content: string) => ({ ...kit.registry.upload(content), request });
  return { ...subject, kit: { ...kit, registry: { ...kit.registry, upload } } };
}

describeEachDatabase((empty) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStoreOfForge(await empty());
  }, 60_000);
  afterAll(() => store.close());

  /** Breaks a publish down at every step before it is let through; answers how many steps there are. */
  async function breakEverywhere(publication: Publication): Promise<number> {
    const before = await remains(store);
    for (let n = 1; ; n += 1) {
      const breaking = breakingStore(store, n);
      const outcome = await publish(breaking, publication).catch((error: Error) => error.message);
      if (breaking.steps() < n) {
        expect(outcome).toEqual({ kind: 'published' });
        return n - 1;
      }
      expect(outcome).toMatch(/division by zero|cut off|the disk is/);
      await store.collect(0);
      expect(await remains(store)).toEqual(before);
    }
  }

  it.each(subjects.map((subject) => [subject.id, subject] as const))(
    'a publish to %s that breaks down at any statement, blob or commit leaves nothing, and can be repeated',
    async (_, subject) => {
      const { ecosystem } = subject;
      const upload = nativeUpload(subject, 'fragile');
      // Registering and writing the blob, the statements, the commit.
      expect(
        await breakEverywhere({ ecosystem, upload, user: 'forge', now }),
      ).toBeGreaterThanOrEqual(8);
      const name = ecosystem.normalizeName(upload.name);
      const found = await store.catalog.package(ecosystem.id, name);
      expect(found?.versions.map(({ version }) => version)).toEqual([upload.version]);
    },
    60_000,
  );

  // After those above: what joins a version has to find it.
  it.each(joining.map((subject) => [subject.id, subject] as const))(
    'a second file of %s that breaks down on its way leaves the version with the first',
    async (id, subject) => {
      const { ecosystem } = subject;
      const upload = nativeUpload(subject, 'fragile');
      const [name, first] = [ecosystem.normalizeName(upload.name), upload.files[0]?.filename];
      const filesOf = async () => {
        const versions = (await store.catalog.package(ecosystem.id, name))?.versions ?? [];
        return versions.map(({ files }) => files.map(({ filename }) => filename));
      };
      expect(await filesOf()).toEqual([[first]]);
      const request = secondFiles[id];
      if (!request) throw new Error(`no second file of ${id} is known here`);
      const second = nativeUpload(withRequest(subject, request), '');
      const added = second.files.map(({ filename }) => filename);
      expect(
        await breakEverywhere({ ecosystem, upload: second, user: 'forge', now }),
      ).toBeGreaterThanOrEqual(7);
      expect(await filesOf()).toEqual([[first, ...added]]);
    },
    60_000,
  );
});
