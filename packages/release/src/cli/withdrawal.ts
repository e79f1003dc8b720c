import { ForgeError, problemsError } from '@forge/ecosystems';
import type { RegistryOptions } from '../configuration/registry-target';
import { withDestinations } from '../credentials/destinations';
import { createKeyring } from '../credentials/keyring';
import { accessPorts } from '../effects/access-ports';
import { findActor } from '../effects/actor';
import { confirm, isInteractive } from '../effects/confirm';
import { openWorkspace, type Workspace } from '../effects/open-workspace';
import { createScratch } from '../effects/scratch';
import { findWorkspaceRoot } from '../effects/workspace-files';
import { createWorld } from '../effects/world';
import { labelOf } from '../plan/publish-unit';
import {
  everReleased,
  lastReleased,
  lastWithdrawn,
  withdrawalJournal,
} from '../record/withdrawals';
import { isAgreed, notAgreed } from '../withdraw/agreement';
import { carryOut, withdrawalProblems, type UnitOf } from '../withdraw/carry-out';
import { readersOf } from '../credentials/readers';
import { paceOf, type OnWait } from '../withdraw/pace';
import { planWithdrawal, type WithdrawalWish } from '../withdraw/plan-withdrawal';
import { recordedEndpoints, withRecorded } from '../withdraw/recorded-endpoints';
import { dependentsFirst, subjectsNamed, type Subject } from '../withdraw/subjects';
import { renderWithdrawal, type WithdrawalAct } from '../withdraw/withdrawal-plan';
import { parseArguments } from './arguments';
import type { Streams } from './command';
import { reportProblems } from './report';

/** Options that `yank` and `unyank` share: whole lines of the usage. */
export const withdrawalOptions = `  --dry-run                  show the plan and change nothing
  --yes                      do not ask
  --registry URL             a server that speaks all protocols, instead of the registries of the packages
  --otp CODE                 one-time password, where a registry asks for one
  --json                     the plan as JSON, with nothing else on the standard output
  --root DIR                 the workspace; default: the nearest directory above with an nx.json, else with a .git
`;

const optionTypes = {
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  reason: { type: 'string' },
  way: { type: 'string', multiple: true },
  registry: { type: 'string' },
  otp: { type: 'string' },
  json: { type: 'boolean' },
  root: { type: 'string' },
} as const;

type Values = ReturnType<typeof parseArguments<typeof optionTypes>>['values'];

const defaultReason = 'this version is withdrawn, please use another one';

/** `yank` or `unyank`: the plan is printed, agreed to, and carried out as printed. */
export async function runWithdrawal(
  act: WithdrawalAct,
  argv: readonly string[],
  from: string,
  streams: Streams,
): Promise<number> {
  const { values, positionals } = parseArguments(argv, optionTypes);
  const workspace = await openWorkspace(values.root ?? findWorkspaceRoot(from));
  const registry = values.registry ?? workspace.options.registry;
  const options = await withDestinations({ registry }, workspace);
  const subjects = chosen(act, positionals, workspace, options);
  const world = createWorld({ dryRun: values['dry-run'] ?? false });
  const wish = wishOf(act, values);
  const units = new Map(subjects.map(({ unit }) => [labelOf(unit), unit]));
  const unitOf: UnitOf = ({ label }) => units.get(label) as Subject['unit'];
  const keyring = createKeyring([...units.values()], {
    root: workspace.root,
    registry: withRecorded(options, [...units.values()]),
    helper: workspace.options.credentialHelper,
    ports: accessPorts(workspace.root),
    dryRun: world.dryRun,
  });
  const waiting: OnWait = (unit, milliseconds, why) =>
    streams.error(`waits ${Math.ceil(milliseconds / 1000)} s  ${labelOf(unit)}: ${why}\n`);
  const pace = paceOf(world, waiting, readersOf(keyring));
  const plan = await planWithdrawal(subjects, wish, pace);
  streams.out(values.json ? `${JSON.stringify(plan, null, 2)}\n` : renderWithdrawal(plan));
  const credentialOf = (unit: Subject['unit']) => keyring.find(unit);
  const problems = await withdrawalProblems(plan, unitOf, credentialOf);
  if (problems.length > 0) return reportProblems(problems, streams);
  if (world.dryRun) {
    streams.error('dry run: nothing was changed\n');
    return 0;
  }
  const agreed = values.yes || (await isAgreed(plan, isInteractive() ? confirm : undefined));
  if (!agreed) throw notAgreed(plan);
  const journal = withdrawalJournal(workspace.root, act, world.now);
  journal.append('begin', { format: 1, act, actor: await findActor(workspace.root) });
  const scratch = createScratch('withdraw');
  try {
    const left = await carryOut(plan, unitOf, {
      ...{ world, pace, wish, credentialOf, journal, otp: values.otp },
      workDirOf: ({ node }) => scratch.directory(node.ecosystem.id),
      onDone: ({ label, way }) => streams.error(`done  ${way?.name} ${label}\n`),
    });
    return left.length > 0 ? reportProblems(left, streams) : 0;
  } finally {
    scratch.dispose();
  }
}

function wishOf(act: WithdrawalAct, { reason, way }: Values): WithdrawalWish {
  return { act, reason: reason ?? defaultReason, ways: way ?? [] };
}

/** What is named, or what the last release left live (for `unyank`: what was taken back last). */
function chosen(
  act: WithdrawalAct,
  names: readonly string[],
  { root, model }: Workspace,
  options: RegistryOptions,
): readonly Subject[] {
  const last = names.length > 0 ? undefined : act === 'yank' ? lastReleased(root) : undefined;
  const recorded = last?.packages ?? [];
  const before = act === 'unyank' && names.length === 0 ? lastWithdrawn(root) : [];
  const wanted = names.length > 0 ? names : [...recorded.map(({ label }) => label), ...before];
  if (wanted.length === 0)
    throw new ForgeError('FORGE-W009', {
      what: `nothing is named, and no journal says what to ${act}`,
    });
  const known = everReleased(root);
  const units = subjectsNamed(wanted, model, recordedEndpoints(known, options));
  if (!units.ok) throw problemsError(units.problems);
  const subjects = units.value.map((unit): Subject => {
    const publishedAt = known.get(labelOf(unit))?.at;
    return publishedAt === undefined ? { unit } : { unit, publishedAt };
  });
  return dependentsFirst(subjects, model);
}
