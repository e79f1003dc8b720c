import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { livingUploads, watchUploads } from './upload-processes';
import { createWorld } from './world';
import { writeDurably } from './durable-files';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forge-uploads-'));
});
afterEach(() => rmSync(root, { recursive: true }));

it('knows a program while it uploads, and forgets it when it has ended', async () => {
  const world = createWorld({ dryRun: false, watch: watchUploads(root) });
  const script = 'setTimeout(() => process.stdout.write(String(process.pid)), 200)';
  const upload = world.upload({ program: process.execPath, args: ['-e', script], cwd: root });
  const seen = livingUploads(root);
  const { stdout } = await upload;
  expect(seen).toEqual([Number(stdout)]);
  expect(livingUploads(root)).toEqual([]);
});

it('takes nobody else for one: another process that has its number now', () => {
  writeDurably(join(root, '.forge/uploads', String(process.pid)), 'long ago');
  expect(livingUploads(root)).toEqual([]);
  expect(readdirSync(join(root, '.forge/uploads'))).toEqual([]);
});

it('does not mind a program that cannot be started', async () => {
  const world = createWorld({ dryRun: false, watch: watchUploads(root) });
  const result = await world.upload({ program: join(root, 'nothing'), args: [], cwd: root });
  expect(result.exitCode).toBe(127);
  expect(livingUploads(root)).toEqual([]);
});
