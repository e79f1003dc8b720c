import { tmpdir } from 'node:os';
import { findProgram } from './programs';
import { runCommand } from './run-command';

/** What a program prints when it is asked for its version; undefined where it is not on PATH or fails. */
export async function askVersion(
  program: string,
  args: readonly string[],
): Promise<string | undefined> {
  const path = findProgram(program);
  if (path === undefined) return undefined;
  const { exitCode, stdout } = await runCommand({ program: path, args, cwd: tmpdir() });
  return exitCode === 0 ? stdout : undefined;
}
