import type { Release } from '../plan/settle-release';
import { renderPlan } from '../plan/render-plan';

/**
 * Prints what changes, line by line, and the plan; the text is the same for both, only the line after it says what
 * was done with it.
 */
export function printRelease(
  release: Pick<Release, 'plan' | 'diffs'>,
  { dryRun }: { readonly dryRun: boolean },
): void {
  const changes = release.diffs();
  const done = dryRun ? 'dry run: nothing was written' : 'the edits above were written';
  const text = [
    ...(changes === '' ? [] : [`Changes\n\n${changes}`]),
    renderPlan(release.plan),
    done,
  ];
  process.stdout.write(`\n${text.join('\n\n')}\n`);
}
