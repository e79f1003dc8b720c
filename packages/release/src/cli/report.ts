import type { ForgeError } from '@forge/ecosystems';
import { isInteractive } from '../effects/confirm';
import { plainProgress } from '../run/plain-progress';
import type { Progress } from '../run/progress';
import { terminalProgress } from '../run/terminal-progress';
import type { Streams } from './command';

/** Tells every problem once; answers the exit code. */
export function reportProblems(problems: readonly ForgeError[], streams: Streams): number {
  const unique = [...new Set(problems.map((problem) => problem.render()))];
  streams.error(`\n${unique.join('\n\n')}\n`);
  return 1;
}

/** Lines that change on a terminal, plain ones in CI and in files. */
export function progressOn(streams: Streams): Progress {
  if (!isInteractive()) return plainProgress((text) => streams.out(text));
  return terminalProgress({
    write: (text) => streams.out(text),
    columns: () => process.stdout.columns,
    now: () => Date.now(),
    every(milliseconds, tick) {
      const timer = setInterval(tick, milliseconds).unref();
      return () => clearInterval(timer);
    },
  });
}
