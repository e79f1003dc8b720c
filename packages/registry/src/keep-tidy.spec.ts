import { createHash } from 'node:crypto';
import { attachEntry } from './drafts/change-draft';
import { draftLifetimeMs, openDraft } from './drafts/open-draft';
import { findDraft } from './drafts/rows';
import { stageBlob } from './drafts/staged-blobs';
import { keepTidy, tidyUp } from './keep-tidy';
import { openStore, replaceTokens, type Store } from './store';
import { startToyRegistry, type ToyRegistry } from './testing/client';
import { describeEachDatabase } from './testing/each-database';
import { toyEcosystem } from './testing/toy-ecosystem';

const begin = new Date('2026-01-01T00:00:00Z');
const later = (ms: number) => new Date(begin.getTime() + ms);
const hour = 60 * 60 * 1000;

describe('while a server runs', () => {
  // Everything but the hours goes on as it does.
  beforeAll(() =>
    jest.useFakeTimers({
      doNotFake: [
        ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
        ...(['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const),
      ],
    }),
  );
  afterAll(() => jest.useRealTimers());

  it('tidies up every hour, also after a failure, until it is stopped', async () => {
    const failures: unknown[] = [];
    const collect = jest
      .fn()
      .mockRejectedValueOnce('the disk is away')
      .mockResolvedValue({ blobs: 0, bytes: 0 });
    const query = jest.fn().mockRejectedValueOnce('the database is away').mockResolvedValue([]);
    const db = { query } as unknown as Store['db'];
    const tidying = keepTidy({ db, collect }, () => begin, failures.push.bind(failures));
    await jest.advanceTimersByTimeAsync(3.5 * hour);
    expect(query).toHaveBeenCalledTimes(3);
    expect(collect).toHaveBeenCalledTimes(2);
    expect(failures).toEqual(['the database is away', 'the disk is away']);
    await tidying.stop();
    await jest.advanceTimersByTimeAsync(hour);
    expect(query).toHaveBeenCalledTimes(3);
  });

  let time = begin;
  let registry: ToyRegistry;
  beforeAll(async () => {
    registry = await startToyRegistry({ now: () => time });
  }, 60_000);
  afterAll(() => registry.close());

  it('expires drafts that nobody asks for any more', async () => {
    const headers = { authorization: registry.token };
    const drafts = `${registry.url}/api/v1/packages/toy/forgotten/drafts`;
    const opened = await fetch(drafts, { method: 'POST', headers, body: '{"version":"1.0.0"}' });
    const { id } = (await opened.json()) as { id: number };
    const stateOf = async () => {
      const found = await fetch(`${drafts}/${id}`, { headers });
      return ((await found.json()) as { state: string }).state;
    };
    expect(await stateOf()).toBe('open');
    time = later(draftLifetimeMs);
    jest.advanceTimersByTime(hour);
    for (let i = 0; i < 100 && (await stateOf()) === 'open'; i += 1);
    expect(await stateOf()).toBe('expired');
  });
});

describeEachDatabase((empty) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore(await empty());
    await replaceTokens(store.db, { forge: 'a_token_that_is_long_enough' }, [], begin);
  }, 60_000);
  afterAll(() => store.close());

  it('takes away the bytes of a draft with the draft, and not before', async () => {
    const order = { ecosystem: toyEcosystem(), name: 'forgotten', user: 'forge', now: begin };
    const opened = await openDraft(store, order, '1.0.0');
    if (opened.kind === 'refused') throw new Error(opened.refusal.message);
    const bytes = Buffer.from('never published');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await stageBlob(store, sha256, bytes, order);
    await attachEntry(store, order, opened.draft.id, { path: 'forgotten.bin', sha256 });
    // Bytes wait for a day by the clock of the database, which no test moves.
    const impatient = { ...store, collect: () => store.collect(0) };
    const isThere = async () => {
      for await (const each of store.blobs.list()) if (each === sha256) return true;
      return false;
    };

    await tidyUp(impatient, later(draftLifetimeMs - 1));
    expect(await findDraft(store.db, opened.draft.id)).toMatchObject({ state: 'open' });
    expect(await isThere()).toBe(true);
    await tidyUp(impatient, later(draftLifetimeMs));
    expect(await findDraft(store.db, opened.draft.id)).toMatchObject({ state: 'expired' });
    expect(await isThere()).toBe(false);
  });
});
