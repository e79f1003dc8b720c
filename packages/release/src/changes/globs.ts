import { globExpression } from '../graph/workspace-globs';

/** True for paths that one of the globs matches; names that begin with a dot are like all others here. */
export function anyGlob(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map((glob) => globExpression(glob.replace(/^\.?\//, ''), { dot: true }));
  return (path) => patterns.some((pattern) => pattern.test(path));
}
