import type { ForgeError } from '@forge/ecosystems';

/** One error that tells all problems, for the edges where a result must become a throw. */
export function problemsError(problems: readonly ForgeError[]): Error {
  return new Error(problems.map((problem) => problem.render()).join('\n\n'));
}
