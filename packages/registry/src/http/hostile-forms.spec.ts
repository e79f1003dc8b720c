import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startRegistry, type RunningRegistry } from '../server';
import { uploadTargets } from '../testing/upload-targets';

/** Multipart bodies that no client makes, at every place that takes a body, whether it takes forms or not. */
const data = mkdtempSync(path.join(tmpdir(), 'forge-forms-'));
let registry: RunningRegistry;
const errors: unknown[] = [];
beforeAll(async () => {
  registry = await startRegistry({ data, onError: (error) => errors.push(error) });
}, 60_000);
afterAll(async () => {
  await registry.close();
  rmSync(data, { recursive: true });
});
afterEach(() => expect(errors).toEqual([]));

const boundary = 'frontier';
const type = `multipart/form-data; boundary=${boundary}`;
const part = (disposition: string, content: string, more = '') =>
  `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${content}\r\n`;
const end = `--${boundary}--\r\n`;
const field = (name: string, value: string) => part(`name="${name}"`, value);
const file = (name: string, filename: string) =>
  part(`name="${name}"; filename="${filename}"`, 'bytes');
const lots = 'x'.repeat(1_000_000);
const nested = part('name="content"', file('inner', 'a.gz'), 'Content-Type: multipart/mixed\r\n');

const forms: readonly (readonly [what: string, body: string | Buffer, type?: string])[] = [
  ['no end', field('name', 'a')],
  ['no end, in a file', `${field('name', 'a')}${file('content', 'a.gz')}`.slice(0, -4)],
  ['nothing', ''],
  ['nothing but an end', end],
  ['nothing but line ends', '\r\n'.repeat(100_000)],
  ['100,000 fields', field('a', '1').repeat(100_000) + end],
  ['100,000 boundaries', `--${boundary}\r\n`.repeat(100_000) + end],
  ['10,000 fields of one name', field('name', 'demo').repeat(9999) + end],
  ['forms in a form', nested + end],
  ['a form that is its own end', file('content', `${boundary}--`) + end],
  ['a header of a megabyte', part('name="a"', '1', `X: ${lots}\r\n`) + end],
  ['a name of a megabyte', field(lots, '1') + end],
  ['a filename of a megabyte', file('content', lots) + end],
  ['a thousand headers', part('name="a"', '1', 'X: y\r\n'.repeat(1000)) + end],
  ['no name', part('filename="a"', '1') + end],
  ['an empty name', field('', '1') + end],
  ['names of objects', field('__proto__', '1') + field('constructor', '2') + end],
  ['no disposition', `--${boundary}\r\nX: y\r\n\r\n1\r\n${end}`],
  ['no header at all', `--${boundary}\r\n\r\n1\r\n${end}`],
  ['a header without a colon', `--${boundary}\r\nX\r\n\r\n1\r\n${end}`],
  ['a path for a filename', file('content', '../../../etc/passwd') + end],
  ['a NUL in a filename', file('content', 'a\0.gz') + end],
  ['quotes without end', part('name="a', '1') + end],
  ['many quotes', part(`name="${'\\"'.repeat(5000)}`, '1') + end],
  ['texts of another charset', Buffer.from(field('name', '\xff\xfe\x00d') + end, 'latin1')],
  ['two files', file('content', 'a.gz') + file('content', 'b.gz') + end],
  ['base64', part('name="content"', 'AAAA', 'Content-Transfer-Encoding: base64\r\n') + end],
  ['no boundary', field('a', '1') + end, 'multipart/form-data'],
  ['an empty boundary', '----\r\n', 'multipart/form-data; boundary=""'],
  ['a boundary of a kilobyte', end, `multipart/form-data; boundary=${'b'.repeat(1000)}`],
  ['two boundaries', field('a', '1') + end, `${type}; boundary=other`],
  ['another kind of form', field('a', '1') + end, `multipart/mixed; boundary=${boundary}`],
  ['an unknown charset', field('a', '1') + end, `${type}; charset=utf-7`],
];

it.each(uploadTargets)('%s: refuses each, and nothing is left of it', async (_, { line }) => {
  const [method = '', target = ''] = line.split(' ');
  const wrong: string[] = [];
  for (const [what, body, contentType = type] of forms) {
    const headers = { authorization: registry.token, 'content-type': contentType };
    const answer = await fetch(`${registry.url}${target}`, { method, headers, body });
    const said = await answer.text();
    const isRefused = answer.status >= 400 && answer.status < 500 && said.trim().length > 5;
    if (!isRefused) wrong.push(`${what}: ${answer.status} ${said.slice(0, 200)}`);
  }
  expect(wrong).toEqual([]);
  const stats = await (await fetch(`${registry.url}/api/v1/stats`)).json();
  expect(stats).toMatchObject({ packages: 0, versions: 0, files: 0 });
  expect(readdirSync(data).sort()).toEqual(['keys', 'lock', 'pg']);
});

/** Fields that a tool sends once, sent once more; see the same with each ecosystem's other faults. */
it.each(uploadTargets.filter(([, { headers }]) => headers.some((each) => /multipart/.test(each))))(
  '%s: reads no upload that says a thing twice, or does not end',
  async (_, { line, headers, body }) => {
    const [method = '', target = ''] = line.split(' ');
    const contentType =
      headers
        .find((each) => /^content-type:/i.test(each))
        ?.slice(13)
        .trim() ?? '';
    const own = /boundary="?([^";]+)/.exec(contentType)?.[1] ?? '';
    const text = body.toString('latin1');
    const opening = `--${own}\r\n`;
    const first = text.slice(0, text.indexOf(`--${own}`, opening.length));
    const send = (changed: string) =>
      fetch(`${registry.url}${target}`, {
        method,
        headers: { authorization: registry.token, 'content-type': contentType },
        body: Buffer.from(changed, 'latin1'),
      });
    const changed = [
      text.slice(0, -10),
      text.replaceAll(own, 'other'),
      first.replace(/\r\n\r\n[^]*$/, '\r\n\r\nother\r\n') + text,
    ];
    for (const each of changed) {
      const { status } = await send(each);
      expect([400, 415, 422]).toContain(status);
    }
    expect((await send(text)).ok).toBe(true);
  },
);

it('keeps nothing of large uploads in memory', async () => {
  const megabyte = 1024 ** 2;
  const body = Buffer.from(field('name', 'x'.repeat(8 * megabyte)) + end);
  /** Bytes of bodies that somebody still has, once all others are swept away. */
  const kept = () => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    return process.memoryUsage().arrayBuffers;
  };
  const before = kept();
  for (const [, { line }] of uploadTargets) {
    const [method = '', target = ''] = line.split(' ');
    const headers = { authorization: registry.token, 'content-type': type };
    const answer = await fetch(`${registry.url}${target}`, { method, headers, body });
    await answer.text();
    expect(answer.ok).toBe(false);
  }
  // They are 80 MiB together. Who is refused early may not have sent all of it when the answer comes.
  for (let i = 0; i < 50 && kept() - before > 24 * megabyte; i += 1) await sleep(50);
  expect(kept() - before).toBeLessThan(24 * megabyte);
}, 30_000);
