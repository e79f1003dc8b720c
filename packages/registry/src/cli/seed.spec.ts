import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ecosystems } from '@forge/ecosystems';
import { subjects } from '../../../ecosystems/src/testing/subjects';
import { main } from '../main';
import { startRegistry, type RunningRegistry } from '../server';
import { useCli } from '../testing/cli';

const cli = useCli();

/** One server for the file: tests use packages or directories of their own. */
let registry: RunningRegistry;
let other: string;
beforeAll(async () => {
  registry = await startRegistry({ ecosystems });
});
afterAll(() => registry.close());
beforeEach(() => {
  other = process.env['FORGE_TOKEN'] ?? '';
  process.env['FORGE_TOKEN'] = registry.token;
});
afterEach(() => {
  process.env['FORGE_TOKEN'] = other;
});

const seed = (...args: readonly string[]) => main(['seed', ...args, '--url', registry.url]);

/** What the tools of all ecosystems would have made, whatever the folders are called. */
function packAll(directory: string, content: string): readonly string[] {
  return subjects
    .filter(({ ecosystem }) => ecosystems.includes(ecosystem))
    .map(({ id, kit }) => {
      const { filename, bytes } = kit.registry.upload(content);
      mkdirSync(path.join(directory, id), { recursive: true });
      writeFileSync(path.join(directory, id, filename), bytes);
      return path.join(id, filename);
    });
}

it('publishes the packages of every ecosystem, and once', async () => {
  const files = packAll(cli.directory, 'seeded');
  expect(await seed(cli.directory)).toBe(0);
  for (const file of files) expect(cli.output).toMatch(new RegExp(`^published +${file} `, 'm'));
  expect(cli.output).toContain('6 published, 0 there before, 0 refused\n');
  expect(cli.output).not.toContain(registry.token);

  expect(await seed(cli.directory)).toBe(0);
  expect(cli.output).toContain('0 published, 6 there before, 0 refused\n');
}, 30_000);

it('says why it leaves a file out, and goes on', async () => {
  packAll(cli.directory, 'other bytes under the same versions');
  writeFileSync(path.join(cli.directory, 'notes.txt'), 'no package');
  writeFileSync(path.join(cli.directory, '.hidden'), 'no package either');
  expect(await seed(cli.directory)).toBe(1);
  expect(cli.output).toMatch(/^REFUSED +notes.txt {2}\S+: .+$/m);
  for (const { title } of ecosystems) expect(cli.output).toContain(`${title}: `);
  expect(cli.output).toContain('FORGE-R006');
  expect(cli.output).not.toContain('.hidden');
}, 30_000);

it('says what it needs', async () => {
  expect(await main(['seed', '--url', registry.url])).toBe(1);
  expect(cli.output).toContain('fix: write `forge-registry seed DIR`');
  expect(await main(['seed', cli.directory])).toBe(1);
  expect(cli.output).toContain('fix: give `--ready-file` or `--url`');
  delete process.env['FORGE_TOKEN'];
  expect(await seed(cli.directory)).toBe(1);
  expect(cli.output).toContain('set `FORGE_TOKEN`');
  process.env['FORGE_TOKEN'] = registry.token;
  expect(await seed(cli.directory)).toBe(1);
  expect(cli.output).toContain('holds no file');
});

it('ends where nobody answers', async () => {
  packAll(cli.directory, 'for nobody');
  expect(await main(['seed', cli.directory, '--url', 'http://127.0.0.1:9'])).toBe(1);
  expect(cli.output).toContain('http://127.0.0.1:9 does not answer: ');
});
