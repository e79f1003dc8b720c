import { existsSync } from 'node:fs';
import path from 'node:path';
import { main } from '../main';
import { startToyRegistry } from '../testing/client';
import { useCli } from '../testing/cli';

const cli = useCli();

it('makes a key beside those that are there, while no server runs', async () => {
  const data = path.join(cli.directory, 'data');
  const registry = await startToyRegistry({ data });
  expect(await main(['rotate-key', '--data', data])).toBe(1);
  expect(cli.output).toContain('FORGE-R008');
  await registry.close();
  for (const count of [2, 3]) {
    expect(await main(['rotate-key', '--data', data])).toBe(0);
    expect(cli.output).toContain(`key ${count} is made`);
    expect(cli.output).toMatch(/its fingerprint is SHA256:[A-Za-z0-9+/]{43};/);
  }
  const elsewhere = path.join(cli.directory, 'elsewhere');
  expect(await main(['rotate-key', '--data', elsewhere])).toBe(1);
  expect(cli.output).toContain('FORGE-R027');
  expect(existsSync(elsewhere)).toBe(false);
  expect(await main(['rotate-key', '--memory'])).toBe(1);
  expect(cli.output).toContain('FORGE-C001');
}, 60_000);
