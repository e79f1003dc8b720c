import { readFileSync } from 'node:fs';
import path from 'node:path';
import { main } from '../main';
import { useCli } from '../testing/cli';

const cli = useCli();

const runbook = path.join(__dirname, '../../../../docs/REGISTRY-RUNBOOK.md');
const documentedUrl = 'http://127.0.0.1:4874';

interface Step {
  readonly command: string;
  readonly output: string;
}

/** What is typed, and what is said to come, in the order of the document. */
function steps(): readonly Step[] {
  const text = readFileSync(runbook, 'utf8');
  const blocks = [...text.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    [...block.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)].map(([, command = '', output = '']) => {
      return { command, output };
    }),
  );
}

/** `PID` is any number, `…` any lines. */
function patternOf(output: string): RegExp {
  const escaped = output.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('PID', '\\d+').replaceAll('…', '[^]*')}$`);
}

const kept = { ...process.env };
let served: Promise<number> | undefined;
async function stop(): Promise<void> {
  if (served) process.emit('SIGTERM');
  await served;
  served = undefined;
}
afterEach(async () => {
  await stop();
  process.env = { ...kept };
});

it('comes as the runbook says', async () => {
  const ready = path.join(cli.directory, 'forge.json');
  Object.assign(process.env, { FORGE_DATABASE_URL: '', FORGE_PASSWORD: 'correct horse battery' });
  let url = documentedUrl;
  const here = (text: string) =>
    text.replaceAll('/srv/', `${cli.directory}/`).replaceAll(documentedUrl, url);
  const there = (text: string) =>
    text.replaceAll(`${cli.directory}/`, '/srv/').replaceAll(url, documentedUrl);

  for (const { command, output } of steps()) {
    cli.output = '';
    const [program, ...words] = here(command).split(' ');
    if (program === 'curl') cli.output = `${await (await fetch(words.at(-1) ?? '')).text()}\n`;
    else if (words[2]?.startsWith('--')) {
      served = main([...words.slice(2), '--port', '0']);
      while (!cli.output.includes('listening')) await new Promise((next) => setTimeout(next, 20));
      url = JSON.parse(readFileSync(ready, 'utf8')).url;
      await letIn(url, JSON.parse(readFileSync(ready, 'utf8')).token);
    } else {
      // The runbook says where the server is to be stopped: between the backup that is refused and the next.
      if (words[2] === 'backup' && !output.startsWith('FORGE')) await stop();
      await main(words.slice(2));
    }
    expect([command, there(cli.output)]).toEqual([
      command,
      expect.stringMatching(patternOf(output)),
    ]);
  }
}, 60_000);

async function letIn(url: string, token: string): Promise<void> {
  const user = { username: 'alice', email: 'alice@example.org', password: 'correct horse battery' };
  const { status } = await fetch(`${url}/api/v1/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(user),
  });
  expect(status).toBe(201);
}
