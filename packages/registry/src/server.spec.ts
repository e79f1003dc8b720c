import { startRegistry, type RegistryOptions } from './server';
import * as stores from './store/open-store';
import { startToyRegistry, type ToyRegistry } from './testing/client';
import { toyEcosystem } from './testing/toy-ecosystem';
import * as webhooks from './webhooks/webhooks';

let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry();
}, 60_000);
afterAll(() => registry.close());
afterEach(() => jest.restoreAllMocks());

/** What is closed, in its order; the timers that go on. */
function watch() {
  const closed: string[] = [];
  const { openWebhooks } = webhooks;
  jest.spyOn(webhooks, 'openWebhooks').mockImplementation((options) => {
    const opened = openWebhooks(options);
    const stop = () => opened.dispatcher.stop().then(() => void closed.push('webhooks'));
    return { ...opened, dispatcher: { ...opened.dispatcher, stop } };
  });
  const { openStore } = stores;
  jest.spyOn(stores, 'openStore').mockImplementation(async (options) => {
    const opened = await openStore(options);
    const close = () => opened.close().then(() => void closed.push('store'));
    return { ...opened, close };
  });
  const timers = new Set<unknown>();
  const { setInterval, clearInterval } = globalThis;
  jest.spyOn(globalThis, 'setInterval').mockImplementation((act, ms) => {
    const timer = setInterval(act, ms);
    timers.add(timer);
    return timer;
  });
  jest.spyOn(globalThis, 'clearInterval').mockImplementation((timer) => {
    timers.delete(timer);
    clearInterval(timer);
  });
  return { closed, timers };
}

const toy = toyEcosystem();
const cannotListen = (): [RegistryOptions, object] => [
  { ecosystems: [toy], port: Number(new URL(registry.url).port) },
  { code: 'EADDRINUSE' },
];
const cannotRoute = (): [RegistryOptions, object] => [
  { ecosystems: [toy, toy] },
  { code: 'FST_ERR_DUPLICATED_ROUTE' },
];

it.each([
  ['listen', cannotListen],
  ['serve what it is to serve', cannotRoute],
])(
  'leaves nothing running where it cannot %s',
  async (_, given) => {
    const { closed, timers } = watch();
    const [options, error] = given();
    await expect(startRegistry(options)).rejects.toMatchObject(error);
    expect(closed).toEqual(['webhooks', 'store']);
    expect([...timers]).toEqual([]);
  },
  60_000,
);

it('closes all else where one thing cannot be closed, and tells why it could not start', async () => {
  const { openStore } = stores;
  jest.spyOn(stores, 'openStore').mockImplementation(async (options) => {
    const opened = await openStore(options);
    const close = () => opened.close().then(() => Promise.reject(new Error('it stays open')));
    return { ...opened, close };
  });
  const faults: string[] = [];
  const [options, error] = cannotListen();
  const onError = (fault: unknown) => faults.push((fault as Error).message);
  await expect(startRegistry({ ...options, onError })).rejects.toMatchObject(error);
  expect(faults).toEqual(['it stays open']);
}, 60_000);
