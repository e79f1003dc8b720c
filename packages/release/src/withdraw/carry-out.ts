import {
  ForgeError,
  type Credential,
  type HttpResponse,
  type Result,
  type WithdrawAct,
  type WithdrawOutcome,
  type WithdrawWay,
} from '@forge/ecosystems';
import { findProgram } from '../effects/programs';
import type { World } from '../effects/world';
import { missingTools, programsFor } from '../preflight/tools';
import type { PublishUnit } from '../plan/publish-unit';
import type { Journal } from '../record/journal';
import type { Pace } from './pace';
import { lookAt, type Equipment, type WithdrawalWish } from './plan-withdrawal';
import type { WithdrawalPlan, WithdrawalStep } from './withdrawal-plan';

export interface WithdrawalTools {
  readonly world: World;
  readonly pace: Pace;
  readonly wish: WithdrawalWish;
  readonly credentialOf: (unit: PublishUnit) => Promise<Result<Credential>>;
  readonly otp?: string | undefined;
  /** Absolute private directory for homes and settings, by ecosystem. */
  readonly workDirOf: (unit: PublishUnit) => string;
  readonly journal: Journal;
  readonly onDone: (step: WithdrawalStep) => void;
}

export type UnitOf = (step: WithdrawalStep) => PublishUnit;

/** What would stop the withdrawal half-way, all at once: credentials and tools of what will be done. */
export async function withdrawalProblems(
  { steps }: WithdrawalPlan,
  unitOf: UnitOf,
  credentialOf: WithdrawalTools['credentialOf'],
): Promise<readonly ForgeError[]> {
  const units = steps.filter(({ state }) => state === 'to do').map(unitOf);
  const credentials = await Promise.all(units.map(credentialOf));
  const problems = credentials.flatMap((each) => (each.ok ? [] : each.problems));
  const tools = units.flatMap(({ node }) =>
    missingTools(node.ecosystem.tool.withdraw.needs, [node]),
  );
  return [...new Map([...problems, ...tools].map((each) => [each.what, each])).values()];
}

/**
 * Carries out a plan, step by step in its order. Every act is on the disk before it happens. A step that fails does
 * not stop the others: each of them takes something back that should not be live.
 */
export async function carryOut(
  plan: WithdrawalPlan,
  unitOf: UnitOf,
  tools: WithdrawalTools,
): Promise<readonly ForgeError[]> {
  const problems: ForgeError[] = [];
  for (const step of plan.steps.filter(({ state }) => state === 'to do')) {
    const { journal } = tools;
    const entry = { step: plan.act, subject: step.label, way: step.way?.name };
    journal.append('step', { ...entry, state: 'begins' });
    const problem = await perform(step, unitOf(step), tools);
    journal.append('step', { ...entry, state: problem ? 'failed' : 'done', error: problem?.code });
    if (problem) problems.push(problem);
    else tools.onDone(step);
  }
  const left = plan.steps.filter(({ state }) => state === 'by hand' || state === 'impossible');
  return [...problems, ...left.map(leftOver)];
}

/** The registry is asked before every try: what was planned must still be what can be done. */
async function perform(
  step: WithdrawalStep,
  unit: PublishUnit,
  tools: WithdrawalTools,
): Promise<ForgeError | undefined> {
  const credential = await tools.credentialOf(unit);
  if (!credential.ok) return credential.problems[0];
  const { withdraw } = unit.node.ecosystem.tool;
  const { token, username } = credential.value;
  const equipment = {
    token,
    ...(username === undefined ? {} : { username }),
    ...(tools.otp === undefined ? {} : { otp: tools.otp }),
    workDir: tools.workDirOf(unit),
    programs: programsFor(withdraw.needs, findProgram),
  };
  for (let tries = 1, failed: string | undefined; ; tries += 1) {
    const late = await tools.pace.turn(unit);
    if (late !== undefined) return problem(step, failed ?? late);
    const now = await lookAt(unit, tools.wish, tools.pace.ask, equipment);
    // An answer that never came may have been a good one.
    if (failed !== undefined && now.standing === step.way?.leaves) return undefined;
    const way = now.ways.find(({ name }) => name === step.way?.name);
    if (!way) return problem(step, failed ?? `\`${step.way?.name}\` is no longer possible`);
    const outcome = await sendAll(way.acts, unit, tools);
    if (outcome.kind === 'done') return confirmed(step, unit, way, tools, equipment);
    failed = outcome.detail;
    const mayWork = outcome.kind === 'unreachable' && (await tools.pace.again(unit, tries, failed));
    if (!mayWork) return problem(step, failed);
  }
}

async function sendAll(
  acts: readonly WithdrawAct[],
  unit: PublishUnit,
  { world, pace }: WithdrawalTools,
): Promise<WithdrawOutcome> {
  for (const act of acts) {
    const outcome =
      act.kind === 'command'
        ? act.classify(await world.upload(act.command))
        : answered(act, await pace.send(unit, act.request));
    if (outcome.kind !== 'done') return outcome;
  }
  return { kind: 'done' };
}

/** Who is asked to wait was not refused, whatever a registry says with it. */
function answered(
  { classify }: Extract<WithdrawAct, { kind: 'request' }>,
  response: HttpResponse,
): WithdrawOutcome {
  const outcome = classify(response);
  const isToWait = response.status === 429 && outcome.kind !== 'done';
  return isToWait ? { kind: 'unreachable', detail: outcome.detail } : outcome;
}

/** Milliseconds between questions: indexes and caches are seconds behind, sometimes minutes. */
const pauses = [0, 250, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** FORGE-W011 when the registry still shows the version as it was. */
async function confirmed(
  step: WithdrawalStep,
  unit: PublishUnit,
  way: WithdrawWay,
  { world, wish, pace }: WithdrawalTools,
  equipment: Equipment,
): Promise<ForgeError | undefined> {
  for (const pause of pauses) {
    await world.sleep(pause);
    const { standing } = await lookAt(unit, wish, pace.ask, equipment);
    if (standing === way.leaves) return undefined;
  }
  const what = `\`${step.label}\`: \`${way.name}\` succeeded, but ${step.registry} shows the version as before`;
  return new ForgeError('FORGE-W011', { what });
}

function problem({ label, registry, way }: WithdrawalStep, detail: string): ForgeError {
  const what = `\`${label}\`: ${registry} does not take \`${way?.name}\``;
  return new ForgeError('FORGE-W010', { what, frame: detail });
}

/** FORGE-W007 for what cannot be done at all, FORGE-W012 for what a person has to do. */
function leftOver({ label, registry, way, why }: WithdrawalStep): ForgeError {
  if (!way?.byHand) {
    const what = `\`${label}\` cannot be changed at ${registry}: ${why}`;
    return new ForgeError('FORGE-W007', { what });
  }
  const { url, steps } = way.byHand;
  return new ForgeError('FORGE-W012', {
    what: `${registry} lets only people ${way.name} \`${label}\``,
    fix: `open ${url}: ${steps}`,
  });
}
