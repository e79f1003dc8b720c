import type { ForgeError } from '@forge/ecosystems';
import { plainProgress } from '../run/plain-progress';
import type { Progress } from '../run/progress';
import type { Streams } from './command';

/** Tells every problem once; answers the exit code. */
export function reportProblems(problems: readonly ForgeError[], streams: Streams): number {
  const unique = [...new Set(problems.map((problem) => problem.render()))];
  streams.error(`\n${unique.join('\n\n')}\n`);
  return 1;
}

export function progressOn(streams: Streams): Progress {
  return plainProgress((text) => streams.out(text));
}
