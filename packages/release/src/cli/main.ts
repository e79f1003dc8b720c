import { ForgeError, ForgeProblems } from '@forge/ecosystems';
import { isNoRoom } from '../plan/no-room';
import { commands, usage } from './commands';
import type { Streams } from './command';

/** The command line; answers the exit code. */
export async function main(
  argv: readonly string[],
  from: string,
  streams: Streams,
): Promise<number> {
  const [name, ...rest] = argv;
  const wantsHelp = rest.includes('--help') || rest.includes('-h');
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      streams.out(usage());
      return 0;
    }
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!load) throw new ForgeError('FORGE-C001', { what: `\`${name}\` is not a command`, fix });
    if (!wantsHelp) return await load().run(rest, from, streams);
    streams.out(load().usage);
    return 0;
  } catch (error) {
    const text = rendered(error);
    if (text === undefined) throw error;
    streams.error(`${text}\n`);
    return 1;
  }
}

const fix = 'see `forge-release --help`';

/** What is told to the user; undefined for a bug, whose stack is worth more. */
function rendered(error: unknown): string | undefined {
  if (error instanceof ForgeError) return error.render();
  if (error instanceof ForgeProblems) return error.message;
  if (!(error instanceof Error) || !isNoRoom(error.message)) return undefined;
  return new ForgeError('FORGE-P014', { what: error.message }).render();
}
