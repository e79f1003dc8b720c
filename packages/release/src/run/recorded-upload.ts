import type { Actor } from '../effects/actor';
import { labelOfPlanned } from '../plan/planned-units';
import type { PlannedPackage } from '../plan/release-plan';
import { actorAt, findStep, type ReleaseState } from '../record/release-state';

/** What a journal says of one planned package; what has not come yet is absent. */
export interface RecordedUpload {
  readonly artifacts: readonly { readonly filename: string; readonly sha256: string }[];
  readonly outcome?: string;
  readonly url?: string;
  readonly error?: string;
  /** Base URL. */
  readonly registry?: string;
  /** When that outcome was known; ISO 8601. */
  readonly at?: string;
  /** Who ran the release then; journals of earlier versions do not say it. */
  readonly actor?: Actor;
}

export function recordedUpload(planned: PlannedPackage, state: ReleaseState): RecordedUpload {
  const artifacts = packedFiles(planned, state);
  const step = findStep(state, 'publish', labelOfPlanned(planned));
  if (!step) return { artifacts };
  const actor = actorAt(state, step.at);
  const texts = ['outcome', 'url', 'error', 'registry'].flatMap((name) => {
    const value = step[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return {
    ...{ artifacts, at: step.at, ...Object.fromEntries(texts) },
    ...(actor === undefined ? {} : { actor }),
  };
}

interface PackedFile {
  readonly ecosystem: string;
  readonly package: string;
  readonly filename: string;
  readonly sha256: string;
}

function packedFiles(
  { project, ecosystem, name }: PlannedPackage,
  state: ReleaseState,
): RecordedUpload['artifacts'] {
  const packed = (findStep(state, 'package', project)?.['artifacts'] ??
    []) as readonly PackedFile[];
  return packed
    .filter((file) => file.ecosystem === ecosystem && file.package === name)
    .map(({ filename, sha256 }) => ({ filename, sha256 }));
}
