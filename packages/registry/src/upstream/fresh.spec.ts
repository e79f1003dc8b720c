import { ok } from '@forge/ecosystems';
import { startOtherRegistry, type OtherRegistry } from '../testing/toy-upstream';
import { openFresh } from './fresh';

let other: OtherRegistry;
beforeAll(async () => {
  other = await startOtherRegistry();
});
afterAll(() => other.close());

it('keeps no more than the largest answer may have, the one asked for last above all', async () => {
  const fresh = openFresh({ now: () => new Date(0) }, 50_000);
  const ask = (path: string) =>
    fresh({ method: 'GET', url: `${other.url}${path}` }, (body) => ok(body.byteLength));
  for (const path of ['/a', '/b', '/c']) other.answers.set(path, { body: path.padEnd(18_000) });
  other.answers.set('/large', { body: ''.padEnd(50_000) });
  for (const path of ['/a', '/b', '/a', '/c', '/a', '/c', '/b', '/large', '/large', '/c'])
    expect(await ask(path)).toMatchObject({ ok: true });
  const asked = other.asked.map(({ line }) => line.replace('GET ', ''));
  expect(asked).toEqual(['/a', '/b', '/c', '/b', '/large', '/c']);
});
