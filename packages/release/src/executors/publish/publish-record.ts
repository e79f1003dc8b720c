import type { Actor } from '../../effects/actor';
import type { World } from '../../effects/world';
import type { PublishUnit } from '../../plan/publish-unit';
import { toPublishResult, type PublishResult } from '../../publish/publish-result';
import type { UnitResult } from '../../publish/unit-result';
import { publishJournal, writeResults, type Journal } from '../../record/journal';

/** What a run of `publish` leaves behind: a journal, and a file of results for each project. */
export interface PublishRecord {
  tell(unit: PublishUnit, result: UnitResult): void;
  /** The results of these units, of one project. */
  write(project: string, units: readonly PublishUnit[]): void;
}

/** A dry run leaves nothing, and so does one that comes to no result. */
export function publishRecord(
  root: string,
  { dryRun, now }: Pick<World, 'dryRun' | 'now'>,
  actor: Actor | undefined,
): PublishRecord {
  if (dryRun) return { tell: () => undefined, write: () => undefined };
  let journal: Journal | undefined;
  const told = new Map<PublishUnit, PublishResult>();
  return {
    tell(unit, result) {
      const found = toPublishResult(unit, result);
      journal ??= publishJournal(root, actor, now);
      journal.append('result', { ...found });
      const by = actor === undefined ? {} : { actor };
      told.set(unit, { ...found, at: new Date(now()).toISOString(), ...by });
    },
    write(project, units) {
      const results = units.flatMap((unit) => told.get(unit) ?? []);
      writeResults(root, project, results);
    },
  };
}
