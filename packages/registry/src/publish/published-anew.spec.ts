import { ok, type PackageChange } from '@forge/ecosystems';
import { change } from '../change/change';
import type { Store } from '../store';
import { describeEachDatabase } from '../testing/each-database';
import { openStoreOfForge } from '../testing/store-of-forge';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { publish } from './publish';

const now = new Date('2026-01-01T00:00:00Z');
const version = '1.0.0';

describeEachDatabase((empty) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStoreOfForge(await empty());
  }, 60_000);
  afterAll(() => store.close());

  const put = (name: string, filename: string, summary: string, manyUploadsPerVersion = false) => {
    const files = [{ filename, bytes: Buffer.from(summary) }];
    const metadata = { said: { summary, keywords: [summary] } };
    const upload = { name, version, files, metadata, tags: { latest: version } };
    const ecosystem = toyEcosystem({ manyUploadsPerVersion });
    return publish(store, { ecosystem, upload, user: 'forge', now });
  };
  const takeBack = (name: string, how: Partial<Extract<PackageChange, { kind: 'remove' }>>) => {
    const changes = () => ok([{ kind: 'remove', version, ...how } as const]);
    return change(store, { ecosystem: toyEcosystem(), name, changes, user: 'forge', now });
  };
  const eventsOf = async (name: string) =>
    (
      await store.db.query<{ event: string }>(
        `select event from outbox where aggregate = $1 order by id`,
        [`toy:${name}@${version}`],
      )
    ).map(({ event }) => event);
  /** What the package is found by, and what its version said, each time. */
  const saidOf = (name: string) =>
    store.db.query(
      `select d.summary, d.keywords, (select json_agg(m.manifest ->> 'summary' order by m.upload_id)
        from manifests m join versions v on v.id = m.version_id where v.package_id = p.id) as manifests
      from descriptions d join packages p on p.id = d.package_id where p.name = $1`,
      [name],
    );

  it('a version that may come anew is described and tagged by what comes, and others are told', async () => {
    await put('anew', 'anew.bin', 'first');
    await takeBack('anew', { reusable: true });
    expect(await store.catalog.package('toy', 'anew')).toBeUndefined();
    expect(await put('anew', 'anew.bin', 'second')).toEqual({ kind: 'published' });
    expect(await saidOf('anew')).toEqual([
      { summary: 'second', keywords: ['second'], manifests: ['first', 'second'] },
    ]);
    const found = await store.catalog.package('toy', 'anew');
    expect(found?.tags).toEqual({ latest: version });
    expect(await eventsOf('anew')).toEqual([
      'version.published',
      'version.removed',
      'version.republished',
    ]);
  });

  it('so is one of which every file was taken back for good, when another one comes', async () => {
    await put('parts', 'parts.whl', 'first', true);
    await put('parts', 'parts.tgz', 'added', true);
    await takeBack('parts', { filenames: ['parts.whl'] });
    await put('parts', 'parts.zip', 'added as well', true);
    expect(await saidOf('parts')).toMatchObject([{ summary: 'first' }]);
    await takeBack('parts', {});
    await put('parts', 'parts.tar', 'second', true);
    expect(await saidOf('parts')).toMatchObject([{ summary: 'second' }]);
    expect((await eventsOf('parts')).filter((event) => event !== 'version.removed')).toEqual([
      'version.published',
      'version.files-added',
      'version.files-added',
      'version.republished',
    ]);
  });
});
