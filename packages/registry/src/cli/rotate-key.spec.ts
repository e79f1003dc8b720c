import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../main';
import { startToyRegistry } from '../testing/client';

let directory: string;
let output: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'forge-registry-'));
  output = '';
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      output += String(text);
      return true;
    });
  }
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

it('makes a key beside those that are there, while no server runs', async () => {
  const data = path.join(directory, 'data');
  const registry = await startToyRegistry({ data });
  expect(await main(['rotate-key', '--data', data])).toBe(1);
  expect(output).toContain('FORGE-R008');
  await registry.close();
  for (const count of [2, 3]) {
    expect(await main(['rotate-key', '--data', data])).toBe(0);
    expect(output).toContain(`key ${count} is made`);
  }
  expect(await main(['rotate-key', '--memory'])).toBe(1);
  expect(output).toContain('FORGE-C001');
}, 60_000);
