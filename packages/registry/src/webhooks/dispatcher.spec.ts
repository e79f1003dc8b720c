import { announce, openStore, type Store } from '../store';
import { describeEachDatabase } from '../testing/each-database';
import { listDeliveries } from './deliveries';
import { openDispatcher, type Dispatcher } from './dispatcher';
import { leaseMessage, spreadEvents } from './queue';
import { mostAttempts } from './retry';
import { deleteWebhook, insertWebhook } from './rows';
import type { AttemptOutcome, Message } from './webhook';

const start = new Date('2026-01-01T00:00:00Z').getTime();

describeEachDatabase((empty) => {
  let store: Store;
  let time = start;
  const now = () => new Date(time);

  beforeAll(async () => {
    store = await openStore(await empty());
  }, 60_000);
  afterAll(() => store.close());
  beforeEach(async () => {
    time = start;
    await store.db.query('update webhooks set deleted_at = $1::timestamptz', [now().toISOString()]);
    await store.db.query(`update webhook_deliveries set state = 'dead' where state = 'pending'`);
  });

  const listen = async (url = 'https://a.example/', events: readonly string[] = []) => {
    const webhook = { url, events, packages: [], createdBy: 'ann', createdAt: now() };
    return (await insertWebhook(store.db, { ...webhook, sealedSecret: 'sealed' })).id;
  };
  let count = 0;
  const happen = async (event = 'owner.added') => {
    count += 1;
    const aggregate = `toy:app${count}`;
    await announce(store.db, { at: now(), event, aggregate, payload: { count } });
  };
  const dispatch = (send: (message: Message) => AttemptOutcome | Promise<AttemptOutcome>) =>
    openDispatcher({
      db: store.db,
      now,
      chance: () => 0.5,
      send: (message) => Promise.resolve(send(message)),
      onError: (error) => {
        throw error;
      },
    });
  const settle = async (...dispatchers: readonly Dispatcher[]) => {
    for (const each of dispatchers) each.webhooksChanged();
    await Promise.all(dispatchers.map((each) => each.drained()));
  };
  const stateOf = async (webhookId: number) =>
    (await listDeliveries(store.db, { webhookId, limit: 10 })).map(
      ({ state, attempts }) => `${state} ${attempts}`,
    );

  it('tells every webhook once, whichever of several servers does it', async () => {
    await Promise.all([listen(), listen('https://b.example/')]);
    for (let left = 20; left > 0; left -= 1) await happen();
    const sent: string[] = [];
    const send = async ({ url, eventId }: Message): Promise<AttemptOutcome> => {
      await new Promise((done) => setImmediate(done));
      sent.push(`${url} ${eventId}`);
      return { kind: 'delivered', status: 200 };
    };
    const dispatchers = [dispatch(send), dispatch(send), dispatch(send)];
    await settle(...dispatchers);
    // One of them may have looked while another one held the rows.
    await settle(...dispatchers);
    expect(sent.length).toBe(40);
    expect(new Set(sent).size).toBe(40);
    await Promise.all(dispatchers.map((each) => each.stop()));
  });

  it('tries again later, each time after twice the time, and gives up at last', async () => {
    const id = await listen();
    await happen();
    const at: number[] = [];
    const dispatcher = dispatch(() => {
      at.push(time);
      return { kind: 'failed', status: 500, problem: 'it answers 500' };
    });
    for (let attempt = 1; attempt < mostAttempts; attempt += 1) {
      await settle(dispatcher);
      expect(await stateOf(id)).toEqual([`pending ${attempt}`]);
      time += 3 * 60 * 60_000;
    }
    await settle(dispatcher);
    expect(await stateOf(id)).toEqual([`dead ${mostAttempts}`]);
    expect(at.length).toBe(mostAttempts);
    await dispatcher.stop();
  });

  it('does not try before it is due, and holds up nothing else meanwhile', async () => {
    const [slow, quick] = [await listen('https://slow.example/'), await listen()];
    await happen();
    const dispatcher = dispatch(({ url }) =>
      url.includes('slow')
        ? { kind: 'failed', problem: 'ECONNREFUSED' }
        : { kind: 'delivered', status: 204 },
    );
    await settle(dispatcher);
    await settle(dispatcher);
    expect([await stateOf(slow), await stateOf(quick)]).toEqual([['pending 1'], ['delivered 1']]);
    await dispatcher.stop();
  });

  it('tells again what a server was telling when it died', async () => {
    const id = await listen();
    await happen();
    await spreadEvents(store.db, now());
    expect((await leaseMessage(store.db, id, now()))?.attempt).toBe(1);
    const sent: number[] = [];
    const dispatcher = dispatch(({ attempt }) => {
      sent.push(attempt);
      return { kind: 'delivered', status: 200 };
    });
    await settle(dispatcher);
    expect(sent).toEqual([]);
    time += 61_000;
    await settle(dispatcher);
    expect([sent, await stateOf(id)]).toEqual([[2], ['delivered 2']]);
    await dispatcher.stop();
  });

  it('takes an attempt that was interrupted by the end of the server for none', async () => {
    const id = await listen();
    await happen();
    let isFirst = true;
    const dispatcher = dispatch(() => {
      void dispatcher.stop();
      isFirst = false;
      return { kind: 'interrupted' };
    });
    await settle(dispatcher);
    await dispatcher.stop();
    expect([isFirst, await stateOf(id)]).toEqual([false, ['pending 0']]);
  });

  it('gives up at last on what cannot be sent at all, and tells the log each time', async () => {
    const id = await listen();
    await happen();
    const errors: unknown[] = [];
    const dispatcher = openDispatcher({
      db: store.db,
      now,
      send: () => {
        throw new Error('sealed with another key');
      },
      onError: (error) => errors.push(error),
    });
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      await settle(dispatcher);
      time += 4 * 60 * 60_000;
    }
    const [delivery] = await listDeliveries(store.db, { webhookId: id, limit: 1 });
    expect(delivery).toMatchObject({ state: 'dead', attempts: mostAttempts });
    expect(delivery?.problem).toContain('sealed with another key');
    expect(errors.length).toBe(mostAttempts);
    await dispatcher.stop();
  });

  it('tells nobody who was taken away meanwhile', async () => {
    const id = await listen();
    await happen();
    await spreadEvents(store.db, now());
    await deleteWebhook(store.db, id, now());
    const dispatcher = dispatch(() => {
      throw new Error('told');
    });
    await settle(dispatcher);
    expect(await stateOf(id)).toEqual(['dead 0']);
    await dispatcher.stop();
  });
});
