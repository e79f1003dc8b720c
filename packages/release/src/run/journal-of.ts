import { labelOf } from '../plan/publish-unit';
import type { PublishLog } from '../publish/publish-log';
import type { StageContext } from './stage';

/** Writes every act of publishing to the journal of the release, and stops what is not in its plan (FORGE-P009). */
export function journalOf({ store, progress, permit }: StageContext): PublishLog {
  const { journal } = store;
  return {
    begins(step, unit) {
      permit({ kind: 'upload', label: labelOf(unit) });
      const artifacts = unit.artifacts.map(({ filename, sha256 }) => ({ filename, sha256 }));
      const details = step === 'upload' ? { artifacts } : {};
      journal.append('step', { step, subject: labelOf(unit), state: 'begins', ...details });
      if (step === 'upload') progress.uploading(unit);
      else progress.waiting(unit);
    },
    ends(step, unit, outcome) {
      const hasFailed = outcome.kind === 'failed' || outcome.kind === 'skipped';
      const state = hasFailed ? 'failed' : 'done';
      // After a loss of power the registry is asked what has become of it.
      journal.note('step', { step, subject: labelOf(unit), state });
    },
    waits: (unit, milliseconds, why) => progress.paused(unit, milliseconds, why),
  };
}
