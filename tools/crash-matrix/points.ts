/** Where a process is ended, seen from a line of its journal. */
type Side = 'before' | 'within' | 'after';

/**
 * Points that stand for all, from the lines of an undisturbed release: after the first line of every kind, for each
 * ecosystem where it names one; and before the last and within a line between of every kind. A point is
 * `after:<pattern of a line>`.
 */
export function pointsOf(lines: readonly string[]): readonly string[] {
  const kinds = [...grouped(lines, kindOf).values()];
  const ofEcosystems = [...grouped(lines, kindWithEcosystem).values()];
  return [
    ...ofEcosystems.map((alike) => point('after', alike[0])),
    ...kinds.map((alike) => point('before', alike.at(-1))),
    ...kinds.map((alike) => point('within', alike[Math.floor(alike.length / 2)])),
  ];
}

/** So many of them, evenly spread. */
export function spread(points: readonly string[], count: number): readonly string[] {
  if (count >= points.length) return points;
  return Array.from(
    { length: count },
    (_, at) => points[Math.floor((at * points.length) / count)]!,
  );
}

function point(side: Side, line = ''): string {
  return `${side}:${line.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`;
}

/** Lines are `event/step/subject/state`; a subject may have slashes of its own. */
function kindOf(line: string): string {
  const [event, step, ...rest] = line.split('/');
  const hasSubject = rest.slice(0, -1).join('/') !== '';
  return `${event}/${step}/${hasSubject ? 'subject' : ''}/${rest.at(-1)}`;
}

function kindWithEcosystem(line: string): string {
  const [, , subject = ''] = line.split('/');
  return `${kindOf(line)} ${/^([a-z]+):/.exec(subject)?.[1] ?? ''}`;
}

function grouped(
  lines: readonly string[],
  keyOf: (line: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return groups;
}
