import type { Standing, WithdrawWay } from '@forge/ecosystems';

export type WithdrawalAct = 'yank' | 'unyank';

/** A withdrawal as data: the dry run prints it, and the real run carries out what was printed. */
export interface WithdrawalPlan {
  readonly formatVersion: 1;
  readonly act: WithdrawalAct;
  readonly reason: string;
  /** In order: what needs others goes before them, so that nobody is left with a dependency that is gone. */
  readonly steps: readonly WithdrawalStep[];
}

export interface WithdrawalStep {
  /** `<ecosystem>:<name>@<version>`. */
  readonly label: string;
  /** The registry, for people. */
  readonly registry: string;
  readonly standing: Standing;
  /** What will be done; absent where nothing can or need be done, and then `why` says so. */
  readonly way?: PlannedWay;
  /** What could be done instead, with `--way`. */
  readonly others: readonly PlannedWay[];
  readonly state: 'to do' | 'by hand' | 'done already' | 'impossible';
  readonly why?: string;
}

export interface PlannedWay extends Pick<
  WithdrawWay,
  'name' | 'means' | 'condition' | 'final' | 'leaves' | 'byHand'
> {
  /** ISO 8601; absent where there is no end, or nobody here knows when the version was published. */
  readonly until?: string;
  /** For people, where the time of publication is not known: how long after it. */
  readonly within?: string;
  /** The time is over. */
  readonly over?: true;
}

/** The one text of a plan, for the dry run and for the real one. */
export function renderWithdrawal({ act, reason, steps }: WithdrawalPlan): string {
  const why = act === 'yank' ? `, because: ${reason}` : '';
  const head = `${act === 'yank' ? 'Take back' : 'Bring back'} ${count(steps.length)}${why}`;
  return `${[head, ...steps.flatMap(renderStep)].join('\n')}\n`;
}

function renderStep(step: WithdrawalStep, at: number): string[] {
  const { label, registry, way, others, state, why } = step;
  const lines = [`${String(at + 1).padStart(3)}. ${label} at ${registry}`];
  if (state === 'done already' || state === 'impossible') lines.push(`     ${state}: ${why}`);
  if (way) lines.push(`     ${renderWay(way)}`);
  if (way?.byHand) lines.push(`     by hand: ${way.byHand.url} (${way.byHand.steps})`);
  for (const other of others) lines.push(`     or --way ${renderWay(other)}`);
  return lines;
}

function renderWay({ name, means, condition, final, until, within, over }: PlannedWay): string {
  const ends = [
    until === undefined ? '' : `${over ? 'was possible' : 'possible'} until ${utc(until)}`,
    until === undefined && within !== undefined ? `possible within ${within} of publishing` : '',
    condition === undefined ? '' : `the registry asks: ${condition}`,
    final ? 'cannot be undone' : '',
  ];
  const called = name.includes(' ') ? `'${name}'` : name;
  return [`${called}: ${means}`, ...ends.filter(Boolean)].join('; ');
}

function utc(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

export function count(packages: number): string {
  return `${packages} package${packages === 1 ? '' : 's'}`;
}
