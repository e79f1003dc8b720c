import { ForgeError, type RateLimit } from '@forge/ecosystems';
import { hostOf } from '../credentials/variables';
import { groupBy } from '../graph/group-by';
import { duration } from '../plan/duration';
import { labelOf } from '../plan/publish-unit';
import { expectedTurns, type BudgetedUploads, type ExpectedTurn } from '../plan/rate-budget';
import type { PreflightReport } from './report';

/**
 * FORGE-P020 for each registry whose limits give a package its turn later than `limitWithin` milliseconds after it
 * could go: in the midst of a release that would leave some packages live and others not. What has to wait for less is
 * told.
 */
export function rateBudget(
  uploads: BudgetedUploads,
  limitWithin: number,
): Partial<PreflightReport> {
  const groups = groupBy(expectedTurns(uploads), ({ unit, limit }) =>
    [unit.node.ecosystem.id, hostOf(unit.endpoints), limit.on].join(' '),
  );
  const all = [...groups.values()];
  const late = all.filter((turns) => longest(turns).wait > limitWithin);
  return {
    problems: late.map((turns) => tooLate(turns, limitWithin)),
    waits: all.filter((turns) => !late.includes(turns)).map(told),
  };
}

function longest(turns: readonly ExpectedTurn[]): ExpectedTurn {
  return turns.reduce((most, turn) => (turn.wait > most.wait ? turn : most));
}

function tooLate(turns: readonly ExpectedTurn[], limitWithin: number): ForgeError {
  const { unit, wait, limit } = longest(turns);
  const count = turns.filter((turn) => turn.wait > limitWithin).length;
  const others = count === 1 ? '' : `, and those of ${count - 1} more come too late as well`;
  const where = { file: unit.node.manifest.file };
  return new ForgeError('FORGE-P020', {
    where,
    what: `${registryOf(turns)}: the turn of \`${labelOf(unit)}\` comes in ${duration(wait)}, and a package may wait ${duration(limitWithin)}${others}`,
    fix: `set \`limitWithin\` to ${Math.ceil(wait / 1000)} (seconds), release fewer packages at once, or ask the registry for more: ${limit.source}`,
  });
}

/** `about 40 min for 4 packages: Toys (host) takes 1 new package per 10 min, 5 at once`. */
function told(turns: readonly ExpectedTurn[]): string {
  const last = Math.max(...turns.map(({ at }) => at));
  const packages = turns.length === 1 ? '1 package' : `${turns.length} packages`;
  return `about ${duration(last)} for ${packages}: ${registryOf(turns)}`;
}

function registryOf(turns: readonly ExpectedTurn[]): string {
  const { unit, limit } = longest(turns);
  const { title } = unit.node.ecosystem;
  return `${title} (${hostOf(unit.endpoints)}) takes ${textOf(limit)}, ${limit.burst} at once`;
}

function textOf({ on, requests, perMs }: RateLimit): string {
  const subject = on.replace('-', ' ');
  return `${requests} ${subject}${requests === 1 ? '' : 's'} per ${duration(perMs)}`;
}
