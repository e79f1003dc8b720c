import type { ReleasePlan } from '../plan/release-plan';
import { renderPlan } from '../plan/render-plan';

/** Prints the plan; the text is the same for both, only the line after it says what was done with it. */
export function printPlan(plan: ReleasePlan, { dryRun }: { readonly dryRun: boolean }): void {
  const done = dryRun ? 'dry run: nothing was written' : 'the edits above were written';
  process.stdout.write(`\n${renderPlan(plan)}\n\n${done}\n`);
}
