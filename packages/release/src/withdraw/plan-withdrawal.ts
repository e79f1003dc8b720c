import type { Withdrawal, WithdrawContext, WithdrawWay } from '@forge/ecosystems';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import type { Ask } from '../publish/questions';
import type { Pace } from './pace';
import type { Subject } from './subjects';
import type { PlannedWay, WithdrawalAct, WithdrawalPlan, WithdrawalStep } from './withdrawal-plan';

export interface WithdrawalWish {
  readonly act: WithdrawalAct;
  readonly reason: string;
  /** Names of ways that are taken instead of the mildest, where a registry has them. */
  readonly ways: readonly string[];
}

/** What tools may use; nothing of it stands in the plan. */
export type Equipment = Pick<
  WithdrawContext,
  'token' | 'username' | 'otp' | 'workDir' | 'programs'
>;

/** Asks how a version stands, and what can be done about it. */
export async function lookAt(
  unit: PublishUnit,
  { act, reason }: WithdrawalWish,
  ask: Ask,
  equipment: Equipment,
): Promise<Withdrawal> {
  const { manifest, ecosystem } = unit.node;
  const context: WithdrawContext = {
    ...equipment,
    ...{ manifest, name: manifest.name, version: unit.version, endpoints: unit.endpoints },
    ...{ undo: act === 'unyank', reason },
  };
  const { withdraw } = ecosystem.tool;
  const response = await ask(unit, withdraw.ask(context));
  // The world answers 0 for a request that reached nobody.
  if (response.status === 0) return { standing: 'unknown', ways: [] };
  return withdraw.read(context, response);
}

/** The plan for subjects in their order. Nothing is changed, and no token is needed. */
export async function planWithdrawal(
  subjects: readonly Subject[],
  wish: WithdrawalWish,
  { ask, now }: Pace,
): Promise<WithdrawalPlan> {
  const steps = await Promise.all(
    subjects.map(async (subject) => {
      const withdrawal = await lookAt(subject.unit, wish, ask, { workDir: '/', programs: {} });
      return stepOf(subject, withdrawal, wish, now());
    }),
  );
  return { formatVersion: 1, act: wish.act, reason: wish.reason, steps };
}

function stepOf(
  { unit, publishedAt }: Subject,
  { standing, ways, impossible }: Withdrawal,
  wish: WithdrawalWish,
  now: number,
): WithdrawalStep {
  const head = { label: labelOf(unit), registry: unit.node.ecosystem.title, standing };
  const planned = ways.map((way) => plannedWay(way, publishedAt, now));
  const isAsked = ({ name }: PlannedWay): boolean => wish.ways.includes(name);
  const chosen =
    planned.find((way) => isAsked(way) && !way.over) ?? planned.find(({ over }) => !over);
  const others = planned.filter((way) => way !== chosen);
  if (impossible !== undefined)
    return { ...head, others: [], state: 'impossible', why: impossible };
  const ending = endingOf(standing, wish, chosen);
  if (ending) return { ...head, others: [], state: 'done already', why: ending };
  if (standing === 'unknown' && !chosen?.byHand)
    return {
      ...head,
      others: [],
      state: 'impossible',
      why: 'the registry does not say how it stands',
    };
  if (!chosen) return { ...head, others, state: 'impossible', why: 'the time for it is over' };
  return { ...head, way: chosen, others, state: chosen.byHand ? 'by hand' : 'to do' };
}

/** Why there is nothing to do. */
function endingOf(
  standing: Withdrawal['standing'],
  { act }: WithdrawalWish,
  chosen: PlannedWay | undefined,
): string | undefined {
  if (standing === 'gone') return 'the registry does not have it';
  if (act === 'unyank') return standing === 'live' ? 'it was not taken back' : undefined;
  return standing === 'withdrawn' && chosen?.leaves !== 'gone' ? 'it is taken back' : undefined;
}

function plannedWay(
  { name, means, condition, final, leaves, byHand, until }: WithdrawWay,
  publishedAt: number | undefined,
  now: number,
): PlannedWay {
  const end = until === undefined || publishedAt === undefined ? undefined : publishedAt + until;
  return {
    ...{ name, means, final, leaves },
    ...(condition === undefined ? {} : { condition }),
    ...(byHand === undefined ? {} : { byHand }),
    ...(end === undefined ? {} : { until: new Date(end).toISOString() }),
    ...(until === undefined ? {} : { within: `${until / 3_600_000} h` }),
    ...(end !== undefined && end <= now ? { over: true as const } : {}),
  };
}
