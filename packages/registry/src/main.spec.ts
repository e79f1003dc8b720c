import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { main } from './main';
import { useCli } from './testing/cli';

const cli = useCli();

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 600 && !condition(); i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it('serves until a signal comes, says where, and leaves no token behind', async () => {
  const [ready, log] = ['ready.json', 'requests.log'].map((name) => path.join(cli.directory, name));
  if (ready === undefined || log === undefined) throw new Error('two names give two paths');
  const ended = main(['--memory', '--port', '0', '--ready-file', ready, '--log', log]);
  await until(() => cli.output.includes('listening on'));

  const { url, token, pid } = JSON.parse(readFileSync(ready, 'utf8'));
  expect(statSync(ready).mode & 0o777).toBe(0o600);
  expect(pid).toBe(process.pid);
  expect(cli.output.trimEnd().split('\n').at(-1)).toBe(`forge-registry: listening on ${url}`);
  expect(cli.output).toContain(`token: ${token}\n`);
  expect(await (await fetch(`${url}/api/v1`)).json()).toMatchObject({ name: 'forge-registry' });

  cli.output = '';
  expect(await main(['env', '--ready-file', ready])).toBe(0);
  expect(cli.output).toContain(url);
  expect(cli.output).toContain(token);

  process.emit('SIGTERM');
  expect(await ended).toBe(0);
  expect(existsSync(ready)).toBe(false);
  expect(JSON.parse(readFileSync(log, 'utf8'))).toMatchObject({ path: '/api/v1', status: 200 });
}, 60_000);

it('does not stay where nobody is told that it is there', async () => {
  const nowhere = path.join(cli.directory, 'nowhere/ready.json');
  expect(await main(['--memory', '--port', '0', '--ready-file', nowhere])).toBe(1);
  expect(cli.output).toContain('FORGE-C001 the ready file cannot be written: ENOENT');
  expect(cli.output).not.toContain('listening on');
}, 60_000);

it('refuses what it does not understand with a code and a fix', async () => {
  expect(await main(['--prot', '0'])).toBe(1);
  expect(cli.output).toContain("FORGE-C001 Unknown option '--prot'");
  expect(cli.output).toContain('fix: see `forge-registry --help`');
  expect(await main(['env'])).toBe(1);
  expect(cli.output).toContain('fix: give `--ready-file` or `--url`');
});

it('explains itself', async () => {
  expect(await main(['--help'])).toBe(0);
  expect(cli.output).toMatch(/^Usage: forge-registry/);
});
