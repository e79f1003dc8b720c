import { apiOf } from '../testing/api';
import { startToyRegistry, type ToyRegistry } from '../testing/client';

let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry();
}, 30_000);
afterAll(() => registry.close());

const packageOf = (name: string) => registry.packageOf(name);

describe('publishing', () => {
  it('shows the version with its files, digests, tags and time to everybody', async () => {
    const response = await registry.publish('Demo/1.0.0/demo-1.tgz?tag=latest', 'bytes');
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ published: 'Demo@1.0.0', by: 'forge' });
    const found = await packageOf('demo');
    expect(found).toMatchObject({ name: 'Demo', tags: { latest: '1.0.0' } });
    expect(found.versions).toHaveLength(1);
    expect(found.versions[0]).toMatchObject({ version: '1.0.0', yanked: false });
    const [version] = found.versions;
    expect(version?.metadata).toEqual({ first: 'demo-1.tgz', files: { 'demo-1.tgz': 5 } });
    const [file] = version?.files ?? [];
    expect(file?.size).toBe(5);
    expect(file?.digests.map(({ algorithm }) => algorithm)).toEqual([
      'sha256',
      'sha512',
      'sha1',
      'md5',
    ]);
    expect(file?.sha256).toBe('277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9');
    expect(file?.digests[3]?.value).toBe('4b3a6218bb3e3a7303e8a171a60fcf92');
    expect(Date.parse(version?.publishedAt ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('takes the same bytes again as a success and changes nothing', async () => {
    await registry.publish('again/1.0.0/again.tgz', 'same');
    const before = await packageOf('again');
    expect((await registry.publish('again/1.0.0/again.tgz', 'same')).status).toBe(201);
    expect(await packageOf('again')).toEqual(before);
  });

  it('refuses other bytes in the words of the ecosystem', async () => {
    await registry.publish('drift/1.0.0/drift.tgz', 'one');
    const response = await registry.publish('drift/1.0.0/drift.tgz', 'two');
    expect(response.status).toBe(409);
    expect(response.statusText).toBe('Toy conflict');
    expect(((await response.json()) as { message: string }).message).toBe(
      '`drift.tgz` exists with other content (FORGE-R006)',
    );
    expect(await (await registry.get('/toy/files/drift.tgz')).text()).toBe('one');
  });

  it('takes versions for equal that the ecosystem takes for equal', async () => {
    await registry.publish('equal/1.0/equal.tgz', 'one');
    expect((await registry.publish('equal/1.0.0/other.tgz', 'two')).status).toBe(409);
    expect((await registry.publish('equal/1.0.0/equal.tgz', 'one')).status).toBe(201);
    expect((await packageOf('equal')).versions).toHaveLength(1);
  });

  it('takes names for equal that the ecosystem takes for equal', async () => {
    await registry.publish('Name/1.0.0/name.tgz', 'one');
    expect((await registry.publish('nAME/1.0.0/name.tgz', 'two')).status).toBe(409);
    expect((await registry.publish('nAME/2.0.0/name-2.tgz', 'two')).status).toBe(201);
    expect(await packageOf('name')).toMatchObject({ name: 'Name', versions: [{}, {}] });
  });

  it('refuses a filename that belongs to another version', async () => {
    await registry.publish('taken/1.0.0/taken.tgz', 'one');
    expect((await registry.publish('taken/2.0.0/taken.tgz', 'one')).status).toBe(409);
  });

  it('refuses what is malformed, with the reason', async () => {
    const malformed = await registry.publish('bad/1.0.0/bad.tgz', '\0');
    expect(malformed.status).toBe(422);
    expect(await malformed.json()).toEqual({
      kind: 'invalid',
      message: 'the upload starts with a zero (FORGE-R001)',
    });
    const version = await registry.publish('bad/one/bad.tgz', 'x');
    expect([version.status, ((await version.json()) as { message: string }).message]).toEqual([
      422,
      '`one` is not a valid version (FORGE-R003)',
    ]);
    expect((await registry.get('/toy/packages/bad')).status).toBe(404);
    const { body } = await apiOf(registry)(registry.token, 'GET', '/audit');
    expect(body).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({ action: 'publish.rejected', subject: 'toy' }),
        expect.objectContaining({ action: 'publish.rejected', subject: 'toy:bad@one' }),
      ]),
    });
  });

  it('refuses what is too large, whether its size is said before or not', async () => {
    expect((await registry.publish('large/1.0.0/large.tgz', 'x'.repeat(1001))).status).toBe(413);
    const chunks = new Blob(['x'.repeat(600), 'y'.repeat(600)]).stream();
    const init = { method: 'POST', body: chunks, duplex: 'half' } as const;
    const headers = { authorization: registry.token };
    const target = `${registry.url}/toy/publish/large/1.0.0/large.tgz`;
    const chunked = await fetch(target, { ...init, headers });
    expect([chunked.status, chunked.statusText]).toEqual([413, 'Toy too-large']);
  });
});

describe('twenty publishes of one version at once', () => {
  it('of the same bytes are all a success, and the version is there once', async () => {
    const all = Array.from({ length: 20 }, () => registry.publish('race/1.0.0/race.tgz', 'same'));
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect((await packageOf('race')).versions).toHaveLength(1);
  });

  it('of different bytes have one winner, whose bytes are served', async () => {
    const all = Array.from({ length: 20 }, (_, index) =>
      registry.publish('duel/1.0.0/duel.tgz', `bytes ${index}`),
    );
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(19);
    const served = await (await registry.get('/toy/files/duel.tgz')).text();
    expect(served).toBe(`bytes ${statuses.indexOf(201)}`);
  });
});
