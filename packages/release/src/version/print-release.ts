import type { Release } from '../plan/settle-release';
import { renderPlan } from '../plan/render-plan';

/**
 * Prints what changes, line by line, and the plan; the text is the same for both, only the line after it says what
 * was done with it. Resolves when the text is out: Nx 23 ends with `process.exit`, which drops what a slow reader
 * of a pipe (`| less`, a log of CI) has not taken yet.
 */
export function printRelease(
  release: Pick<Release, 'plan' | 'diffs'>,
  { dryRun }: { readonly dryRun: boolean },
): Promise<void> {
  const changes = release.diffs();
  const done = dryRun ? 'dry run: nothing was written' : 'the edits above were written';
  const text = [
    ...(changes === '' ? [] : [`Changes\n\n${changes}`]),
    renderPlan(release.plan),
    done,
  ];
  return new Promise((resolve) => {
    process.stdout.write(`\n${text.join('\n\n')}\n`, () => resolve());
  });
}
