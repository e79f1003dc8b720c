import { createHash } from 'node:crypto';

/** Kinds of bump by group or project, as they stand in version plans. */
export type PlannedBumps = ReadonlyMap<string, string>;

export interface PlanFile {
  /** Workspace-relative; the same for the same content. */
  readonly path: string;
  readonly text: string;
}

/** Where Nx looks for version plans. */
export const plansDirectory = '.nx/version-plans';

/** A version plan as Nx reads it: bumps as front matter, then the text for the changelog. */
export function planFile(bumps: PlannedBumps, message: string): PlanFile {
  const entries = [...bumps].map(([key, bump]) => `${quoted(key)}: ${bump}\n`).join('');
  const text = `---\n${entries}---\n\n${message}\n`;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { path: `${plansDirectory}/forge-${hash}.md`, text };
}

/** The bumps of a version plan, with Nx's aliases resolved; empty for a text that is none. */
export function readPlan(text: string): PlannedBumps {
  const [, entries = ''] = /^\uFEFF?---\r?\n(.*?)^---/ms.exec(text) ?? [];
  const bumps = new Map<string, string>();
  for (const line of entries.split(/\r?\n/)) {
    const [, single, double, plain, value = ''] =
      /^\s*(?:'((?:[^']|'')*)'|"([^"]*)"|([^'"#:][^:]*?))\s*:\s*['"]?([\w!]+)/.exec(line) ?? [];
    const key = single?.replaceAll("''", "'") ?? double ?? plain;
    if (key !== undefined) bumps.set(key, aliases[value] ?? value);
  }
  return bumps;
}

const aliases: Readonly<Record<string, string>> = {
  fix: 'patch',
  feat: 'minor',
  'fix!': 'major',
  'feat!': 'major',
};

/** True when a bump that is planned already leaves nothing to ask for. */
export function covers(planned: string | undefined, wanted: string): boolean {
  if (planned === undefined) return false;
  return planned === wanted || planned.startsWith('pre') || rank(planned) >= rank(wanted);
}

function rank(bump: string): number {
  return ['patch', 'minor', 'major'].indexOf(bump);
}

/** YAML takes plain words as they are; a scoped name or one with a colon has to stand in quotes. */
function quoted(key: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(key) ? key : `'${key.replaceAll("'", "''")}'`;
}
