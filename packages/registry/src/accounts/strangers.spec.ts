import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { openStore, replaceTokens, type Store } from '../store';
import { openStrangers, stranger } from './strangers';

interface Row {
  readonly action: string;
  readonly subject: string;
  readonly detail: { readonly request: string; readonly leftOut?: number };
}

describe('a server', () => {
  let registry: ToyRegistry;
  let time = new Date('2026-01-01T00:00:00Z');
  beforeAll(async () => {
    registry = await startToyRegistry({ now: () => time });
  }, 60_000);
  afterAll(() => registry.close());
  // Each test has rows of its own.
  afterEach(() => (time = new Date(time.getTime() + 24 * 3_600_000)));

  async function told(): Promise<readonly Row[]> {
    const url = `${registry.url}/api/v1/audit?limit=100`;
    const answer = await fetch(url, { headers: { authorization: registry.token } });
    const { entries } = (await answer.json()) as {
      entries: (Row & { actor: string; at: string })[];
    };
    return entries.filter(({ actor, at }) => actor === stranger && new Date(at) >= time);
  }
  const send = async (method: string, path: string, authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    return (await fetch(`${registry.url}${path}`, { method, headers })).status;
  };

  it.each([undefined, 'Bearer wrong'])('tells what nobody tries to change (%s)', async (token) => {
    expect(await send('POST', '/toy/publish/lamp/1.0.0/lamp.bin', token)).toBe(401);
    expect(await send('POST', '/toy/change/lamp', token)).toBe(401);
    expect(await send('DELETE', '/api/v1/packages/toy/lamp/owners/alice', token)).toBe(401);
    expect(await told()).toMatchObject([
      { action: 'request.denied', subject: 'toy', detail: { request: expect.any(String) } },
      { action: 'request.denied', subject: 'toy:lamp' },
      {
        action: 'request.denied',
        subject: 'toy:lamp',
        detail: { request: expect.stringMatching(/^DELETE/) },
      },
    ]);
  });

  it('tells nothing of what nobody reads', async () => {
    expect(await send('GET', '/api/v1/users/me')).toBe(401);
    expect(await send('GET', '/toy/packages/lamp')).toBe(404);
    expect(await told()).toEqual([]);
  });

  it('keeps few of very many', async () => {
    for (let i = 0; i < 40; i += 1) await send('POST', `/toy/change/lamp${i}`);
    expect(await told()).toHaveLength(10);
  });
});

describe('rows by nobody', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore();
    await replaceTokens(store.db, { forge: 'a_token_that_is_long_enough' }, [], new Date());
  }, 60_000);
  afterAll(() => store.close());

  it('are few in an hour, from however many addresses, and say how many were left out', async () => {
    let time = new Date('2026-01-01T00:00:00Z');
    const strangers = openStrangers(store.db, () => time);
    const rows = () => store.db.query<Row>('select action, subject, detail from audit order by id');
    const request = `POST /${'x'.repeat(10_000)}\0`;
    for (let i = 0; i < 1000; i += 1)
      await strangers.record({ address: `2001:db8:0:${i}::1`, request, subject: request });
    expect(await rows()).toHaveLength(100);
    time = new Date(time.getTime() + 3_600_000);
    for (let i = 0; i < 1000; i += 1)
      await strangers.record({ address: `2001:db8:0:${i}::1`, request, subject: 'toy' });
    const after = await rows();
    expect(after).toHaveLength(200);
    expect(after[100]?.detail.leftOut).toBe(900);
    expect(after.every((row) => JSON.stringify(row).length < 500)).toBe(true);
  });
});
