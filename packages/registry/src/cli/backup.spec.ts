import path from 'node:path';
import { main } from '../main';
import { startToyRegistry } from '../testing/client';
import { useCli } from '../testing/cli';

const cli = useCli();

it('takes a registry to another place by two commands', async () => {
  const [from, to, backup] = ['from', 'to', 'backup'].map((name) => path.join(cli.directory, name));
  const source = await startToyRegistry({ data: from });
  await source.publish('moved/1.0.0/moved.bin', 'moved bytes');
  expect(await main(['backup', backup ?? '', '--data', from ?? ''])).toBe(1);
  expect(cli.output).toContain('FORGE-R008');
  await source.close();

  cli.output = '';
  expect(await main(['backup', backup ?? '', '--data', from ?? ''])).toBe(0);
  expect(cli.output).toMatch(/^forge-registry: backed up \d+ rows and 1 files, /);
  expect(await main(['restore', backup ?? '', '--data', to ?? ''])).toBe(0);
  const target = await startToyRegistry({ data: to });
  expect(await (await target.get('/toy/files/moved.bin')).text()).toBe('moved bytes');
  await target.close();
}, 60_000);

it('says what it needs', async () => {
  for (const argv of [['backup'], ['restore', 'somewhere', '--memory'], ['backup', 'a', 'b']]) {
    cli.output = '';
    expect(await main(argv)).toBe(1);
    expect(cli.output).toContain('FORGE-C001');
  }
});
