import { execFile } from 'node:child_process';

const mostBytes = 2 ** 30;

/**
 * What git says, undefined where it fails. Without execa, which takes as much processor time again: for questions that
 * a whole command waits for.
 */
export function askGit(cwd: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', args, { cwd, maxBuffer: mostBytes }, (error, output) =>
      resolve(error ? undefined : output),
    );
  });
}
