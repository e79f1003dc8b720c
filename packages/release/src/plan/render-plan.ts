import { groupBy } from '../graph/group-by';
import { hashPlan, type PlannedPackage, type ReleasePlan } from './release-plan';

/** The plan for people. The dry run and the real run print this very text. */
export function renderPlan(plan: ReleasePlan): string {
  const files = new Set(plan.edits.map(({ file }) => file));
  const head = `Release plan ${hashPlan(plan).slice(0, 12)}: ${count(plan.packages.length, 'package')}, ${count(plan.edits.length, 'edit')} in ${count(files.size, 'file')}`;
  return [
    head,
    '',
    ...renderVersions(plan),
    '',
    ...renderEdits(plan),
    '',
    ...renderOrder(plan),
  ].join('\n');
}

function renderVersions({ packages }: ReleasePlan): string[] {
  if (packages.length === 0) return ['versions', '  none'];
  const rows = packages.map((each) => [
    each.name,
    each.ecosystem,
    `${each.from ?? '(none)'} → ${each.to}`,
  ]);
  return sections('versions', packages, ({ reason }) => reason, table(rows));
}

function renderEdits({ edits }: ReleasePlan): string[] {
  if (edits.length === 0) return ['edits', '  none'];
  const rows = edits.map(({ file, line, reason }) => [`${file}:${line}`, reason]);
  return sections('edits', edits, ({ why }) => why, table(rows));
}

/** Lines under headings that say why, in the order in which the reasons come up. */
function sections<T>(
  title: string,
  items: readonly T[],
  why: (item: T) => string,
  lines: readonly string[],
): string[] {
  const byReason = groupBy(
    items.map((item, index) => ({ reason: why(item), line: lines[index] ?? '' })),
    ({ reason }) => reason,
  );
  return [...byReason].flatMap(([reason, own], index) => [
    ...(index === 0 ? [] : ['']),
    `${title}: ${reason}`,
    ...own.map(({ line }) => line),
  ]);
}

function renderOrder({ packages }: ReleasePlan): string[] {
  const uploads = packages.filter(({ wave }) => wave !== undefined);
  if (uploads.length === 0) return ['publish', '  nothing'];
  const waves = groupBy(uploads, ({ wave }) => wave);
  return [
    'publish, each line after the one above',
    ...[...waves].map(([wave, own]) => `  ${wave}. ${own.map(label).join(', ')}`),
  ];
}

function label({ ecosystem, name, to }: PlannedPackage): string {
  return `${ecosystem}:${name}@${to}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
