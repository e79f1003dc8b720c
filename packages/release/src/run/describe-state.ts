import type { Actor } from '../effects/actor';
import type { PlannedPackage } from '../plan/release-plan';
import { livePackages, type ReleaseState } from '../record/release-state';
import type { PlannedRelease } from '../record/planned-release';
import { labelOfPlanned, plannedUploads } from '../plan/planned-units';
import { recordedUpload, type RecordedUpload } from './recorded-upload';

/** `begun`: nothing is live. `partial`: something is. */
export type Standing = 'begun' | 'partial' | 'published' | 'released' | 'rolled back' | 'abandoned';

export interface PackageStanding extends Omit<RecordedUpload, 'outcome'> {
  /** `<ecosystem>:<name>@<version>` */
  readonly package: string;
  /** Native. */
  readonly version: string;
  /** What was last heard of it; `planned` for what nobody has touched yet. */
  readonly state: string;
}

/** How a release stands, as plain JSON. */
export interface ReleaseStanding {
  readonly id: string;
  readonly standing: Standing;
  /** When it was begun, and when something was last heard of it; ISO 8601. */
  readonly since: string;
  readonly latest: string;
  readonly command: string;
  /** Who began it; journals of earlier versions do not say it. */
  readonly actor?: Actor;
  readonly commit?: string;
  readonly stages: readonly { readonly name: string; readonly state: string }[];
  readonly packages: readonly PackageStanding[];
  readonly tags: readonly { readonly name: string; readonly isSet: boolean }[];
}

export function describeState(
  id: string,
  planned: PlannedRelease,
  state: ReleaseState,
): ReleaseStanding {
  const { begin, steps } = state;
  const planning = plannedUploads(planned.plan);
  const uploads = planning.map(labelOfPlanned);
  const actor = begin?.['actor'] as Actor | undefined;
  const last = (subject: string) => steps.findLast((each) => each.subject === subject);
  const commit = steps.find(({ step, state: how }) => step === 'commit' && how === 'done')?.[
    'commit'
  ];
  const since = begin?.at ?? '';
  return {
    ...{ id, standing: standingOf(state, uploads), since },
    latest: steps.reduce((at, step) => (step.at > at ? step.at : at), since),
    command: String(begin?.['command'] ?? ''),
    ...(actor === undefined ? {} : { actor }),
    ...(typeof commit === 'string' ? { commit } : {}),
    stages: steps
      .filter(({ subject }) => subject === undefined)
      .map(({ step, state: how }) => ({ name: step, state: how })),
    packages: planning.map((each) => packageStanding(each, state)),
    tags: planned.tags.map(({ name }) => ({ name, isSet: last(name)?.state === 'done' })),
  };
}

function standingOf(state: ReleaseState, uploads: readonly string[]): Standing {
  if (state.outcome !== undefined) return state.outcome;
  const live = new Set(livePackages(state));
  if (live.size === 0) return 'begun';
  return uploads.every((label) => live.has(label)) ? 'published' : 'partial';
}

const words: Readonly<Record<string, string>> = {
  'upload begins': 'uploading',
  'upload done': 'uploaded',
  'upload failed': 'failed',
  'visible begins': 'uploaded, not visible yet',
  'visible done': 'visible',
  'visible failed': 'uploaded, not visible yet',
};

function packageStanding(planned: PlannedPackage, state: ReleaseState): PackageStanding {
  const label = labelOfPlanned(planned);
  const step = state.steps.findLast(({ subject }) => subject === label);
  const word = step ? words[`${step.step} ${step.state}`] : 'planned';
  const { outcome, ...recorded } = recordedUpload(planned, state);
  return { package: label, version: planned.to, state: outcome ?? word ?? 'planned', ...recorded };
}

/** The same for people. */
export function renderStanding(standing: ReleaseStanding): string {
  const { id, since, latest, command, actor, commit, stages, packages, tags } = standing;
  const by = actor === undefined ? '' : ` by ${actor.name}`;
  const width = Math.max(...packages.map((each) => each.package.length), 0);
  return [
    `release ${id}: ${standing.standing}`,
    `  ${command}, begun ${since}${by}, last heard of ${latest}`,
    ...(commit === undefined ? [] : [`  commit ${commit}`]),
    ...stages.map(({ name, state }) => `  ${name.padEnd(14)} ${state}`),
    'packages',
    ...packages.map(({ package: label, state, url, error }) =>
      `  ${label.padEnd(width)}  ${state}  ${error ?? url ?? ''}`.trimEnd(),
    ),
    'tags',
    ...tags.map(({ name, isSet }) => `  ${name}  ${isSet ? 'set' : 'not set'}`),
    ...advice(standing),
  ].join('\n');
}

function advice({ standing }: ReleaseStanding): readonly string[] {
  switch (standing) {
    case 'begun':
      return ['next: `forge-release resume`, or `forge-release rollback`'];
    case 'partial':
      return ['next: `forge-release resume`, or `forge-release yank` to take back what is live'];
    case 'published':
      return ['next: `forge-release resume`'];
    default:
      return [];
  }
}
