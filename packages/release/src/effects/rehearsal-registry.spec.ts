import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRehearsalRegistry } from './rehearsal-registry';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'forge-rehearsal-registry-')));
afterAll(() => rmSync(root, { recursive: true }));

/** A workspace with a server of its own, which is looked for there first. */
function serve(script: string): string {
  const server = join(root, 'node_modules/@forge/registry');
  mkdirSync(join(server, 'bin'), { recursive: true });
  writeFileSync(join(server, 'package.json'), '{ "name": "@forge/registry", "version": "0.0.0" }');
  writeFileSync(join(server, 'bin/forge-registry.js'), script);
  return root;
}

it('is a process of its own that sees no token, and ends when it is told to', async () => {
  process.env['FORGE_TOKEN'] = 'token-of-a-person';
  try {
    const script = `
      const ready = process.argv[process.argv.indexOf('--ready-file') + 1];
      const url = process.env.FORGE_TOKEN ?? 'http://127.0.0.1:1';
      const { renameSync, writeFileSync } = require('node:fs');
      writeFileSync(ready + '.new', JSON.stringify({ url, token: 't' }));
      renameSync(ready + '.new', ready);
      setInterval(() => {}, 1000);`;
    const registry = await startRehearsalRegistry(serve(script), root);
    expect(registry).toMatchObject({ url: 'http://127.0.0.1:1', token: 't' });
    await registry.stop();
  } finally {
    delete process.env['FORGE_TOKEN'];
    rmSync(join(root, 'registry.json'));
  }
});

it('says why it does not start', async () => {
  const script = 'console.error("the disk is full"); process.exit(3);';
  await expect(startRehearsalRegistry(serve(script), root)).rejects.toMatchObject({
    code: 'FORGE-W002',
    what: expect.stringContaining('the disk is full'),
  });
});
