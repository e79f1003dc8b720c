import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { startOtherRegistry, toyUpstream, type OtherRegistry } from '../testing/toy-upstream';
import { openKeptAnswers } from './kept-answers';

let directory: string;
let other: OtherRegistry;
const opened: ToyRegistry[] = [];

beforeEach(async () => {
  directory = path.join(mkdtempSync(path.join(tmpdir(), 'forge-kept-')), 'upstream');
  other = await startOtherRegistry();
});
afterEach(async () => {
  for (const registry of opened.splice(0)) await registry.close();
  await other.close();
  rmSync(path.dirname(directory), { recursive: true });
});

/** A new one each time, which remembers nothing itself. */
async function start(upstreamCache?: string): Promise<ToyRegistry> {
  const registry = await startToyRegistry({
    wire: { upstream: toyUpstream },
    upstreams: { toy: { api: other.url } },
    upstreamCache,
  });
  opened.push(registry);
  return registry;
}

const textAt = async (registry: ToyRegistry, at: string) => {
  const response = await registry.get(at);
  return `${response.status} ${(await response.text()).replaceAll(registry.url, '')}`;
};

const paths = [
  '/toy/packages/lamp',
  '/toy/files/lamp.bin?of=lamp',
  '/toy/packages/nothing',
  '/toy/index/',
];

function tellLamp(content = 'light'): void {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const files = [{ name: 'lamp.bin', at: '/blobs/lamp.bin', sha256 }];
  other.answers.set('/packages/lamp', { body: JSON.stringify({ versions: ['1.0.0'], files }) });
  other.answers.set('/blobs/lamp.bin', { body: content });
  other.answers.set('/index', { body: 'lamp\n' });
}

it('stand in for another registry that cannot be reached', async () => {
  tellLamp();
  const reached = await start(directory);
  const answers = [];
  for (const each of paths) answers.push(await textAt(reached, each));
  expect(answers).toMatchObject([
    expect.stringContaining('/toy/files/lamp.bin'),
    '200 light',
    expect.stringMatching(/^404 /),
    expect.stringContaining('lamp'),
  ]);
  await other.close();

  const unreached = await start(directory);
  for (const [at, each] of paths.entries()) expect(await textAt(unreached, each)).toBe(answers[at]);
  // Without them, and for what was never asked, that is told.
  expect(await textAt(await start(), '/toy/packages/lamp')).toMatch(/^502 .*FORGE-R014/);
  expect(await textAt(unreached, '/toy/packages/torch')).toMatch(/^502 .*FORGE-R014/);
}, 30_000);

it('are nothing to one that answers, but files, which are known by their digests', async () => {
  tellLamp('old light');
  const first = await start(directory);
  for (const each of paths) await first.get(each);
  tellLamp('light');
  const second = await start(directory);
  expect(await textAt(second, paths[1] ?? '')).toBe('200 light');
  other.asked.length = 0;
  const third = await start(directory);
  expect(await textAt(third, paths[1] ?? '')).toBe('200 light');
  expect(other.asked.map(({ line }) => line)).toEqual(['GET /packages/lamp']);
  other.answers.set('/packages/lamp', { status: 503 });
  expect(await textAt(await start(directory), '/toy/packages/lamp')).toMatch(/^502 /);
}, 30_000);

it('are seen by nobody else, spoilt ones are none, and those that nobody asks for go', async () => {
  tellLamp();
  const asked = { url: 'https://registry.example/lamp', accept: undefined };
  const kept = await openKeptAnswers(directory);
  await kept.keep(asked, { status: 200, etag: '"1"', body: Buffer.from('a\nb') });
  expect(await kept.find(asked)).toEqual({ status: 200, etag: '"1"', body: Buffer.from('a\nb') });
  expect(await kept.find({ ...asked, accept: 'application/json' })).toBeUndefined();
  const [name = ''] = readdirSync(directory);
  const file = path.join(directory, name);
  expect([statSync(directory).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);

  const longAgo = new Date(Date.now() - 91 * 86_400_000);
  utimesSync(file, longAgo, longAgo);
  expect(await kept.find(asked)).toBeDefined();
  expect(await (await openKeptAnswers(directory)).find(asked)).toBeDefined();
  utimesSync(file, longAgo, longAgo);
  expect(await (await openKeptAnswers(directory)).find(asked)).toBeUndefined();

  writeFileSync(file, 'no line of JSON');
  expect(await kept.find(asked)).toBeUndefined();
});

it('fail nobody who asks, where they cannot be kept', async () => {
  tellLamp();
  const kept = await openKeptAnswers(directory);
  rmSync(directory, { recursive: true });
  const asked = { url: 'https://registry.example/lamp', accept: undefined };
  await kept.keep(asked, { status: 200, etag: undefined, body: Buffer.from('') });
  expect(await kept.find(asked)).toBeUndefined();
});
