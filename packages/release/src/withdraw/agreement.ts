import { ForgeError } from '@forge/ecosystems';
import { count, type WithdrawalPlan, type WithdrawalStep } from './withdrawal-plan';

/** Asks on the terminal; absent where there is none. */
export type AskPerson = (question: string) => Promise<boolean>;

/** Whether a person says yes to what a plan does; nobody is asked when there is nothing to do. */
export async function isAgreed(plan: WithdrawalPlan, ask: AskPerson | undefined): Promise<boolean> {
  const open = openSteps(plan);
  if (open.length === 0) return true;
  const finals = open.filter(({ way }) => way?.final).length;
  const warning = finals > 0 ? ` For ${count(finals)} it cannot be undone.` : '';
  return ask === undefined ? false : ask(`${plan.act} ${count(open.length)}?${warning}`);
}

export function notAgreed(plan: WithdrawalPlan): ForgeError {
  const what = `nobody has agreed to ${plan.act} ${count(openSteps(plan).length)}`;
  return new ForgeError('FORGE-W008', { what });
}

function openSteps({ steps }: WithdrawalPlan): readonly WithdrawalStep[] {
  return steps.filter(({ state }) => state === 'to do');
}
