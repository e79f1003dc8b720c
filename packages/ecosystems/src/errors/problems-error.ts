import type { ForgeError } from './forge-error';

/** One error that tells all problems, for the outer edges where a result has to become a throw. */
export function problemsError(problems: readonly ForgeError[]): Error {
  return new Error(problems.map((problem) => problem.render()).join('\n\n'));
}
