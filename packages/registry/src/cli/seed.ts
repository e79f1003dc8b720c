import { ecosystems, ForgeError } from '@forge/ecosystems';
import { existsSync } from 'node:fs';
import { seedRegistry, type SeededFile } from '../seed/seed-registry';
import { givenServer } from './given-server';
import type { CliOptions } from './options';

const words: Readonly<Record<SeededFile['outcome'], string>> = {
  published: 'published',
  there: 'there before',
  refused: 'REFUSED',
};

/** `seed DIR`: publishes what lies in a directory on a server that runs; answers the exit code. */
export async function seed(options: CliOptions): Promise<number> {
  const { directory } = options;
  if (directory === undefined || !existsSync(directory))
    throw invalid('`seed` needs a directory of packages', 'write `forge-registry seed DIR`');
  const { url, token } = givenServer('seed', options);
  if (token === undefined)
    throw invalid('`seed` does not know as whom', 'give `--ready-file`, or set `FORGE_TOKEN`');
  const counts = { published: 0, there: 0, refused: 0 };
  for await (const { file, outcome, lines } of seedRegistry(
    directory,
    { url, token },
    ecosystems,
  )) {
    counts[outcome] += 1;
    const [first = '', ...more] = lines;
    process.stdout.write(`${words[outcome].padEnd(12)}  ${file}  ${first}\n`);
    for (const line of more) process.stdout.write(`${' '.repeat(14)}${line}\n`);
  }
  const { published, there, refused } = counts;
  if (published + there + refused === 0)
    throw invalid(`\`${directory}\` holds no file`, 'name a directory of packages');
  process.stdout.write(
    `forge-registry: ${published} published, ${there} there before, ${refused} refused\n`,
  );
  return refused === 0 ? 0 : 1;
}

function invalid(what: string, fix: string): ForgeError {
  return new ForgeError('FORGE-C001', { what, fix });
}
