import type { ForgeError } from './forge-error';

/** All problems of a result, as the one thing that can be thrown. Its message tells every one of them. */
export class ForgeProblems extends Error {
  constructor(readonly problems: readonly ForgeError[]) {
    super(problems.map((problem) => problem.render()).join('\n\n'));
  }
}

/** One error that tells all problems, for the outer edges where a result has to become a throw. */
export function problemsError(problems: readonly ForgeError[]): ForgeProblems {
  return new ForgeProblems(problems);
}
