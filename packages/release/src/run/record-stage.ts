import { writeResults } from '../record/journal';
import { findStep } from '../record/release-state';
import { groupBy } from '../graph/group-by';
import { labelOfPlanned, plannedUploads } from '../plan/planned-units';
import { stageDone, type Stage } from './stage';

/** Writes what became of each project's packages, for CI: `.forge/results/<project>.json`. */
export const recordStage: Stage = {
  name: 'record',
  async run({ root, store }) {
    const state = store.state();
    for (const [project, packages] of groupBy(
      plannedUploads(store.planned.plan),
      (each) => each.project,
    )) {
      const artifacts = findStep(state, 'package', project)?.['artifacts'] as
        readonly Record<string, unknown>[] | undefined;
      const results = packages.map((each) => {
        const own = (artifacts ?? []).filter(
          (file) => file['ecosystem'] === each.ecosystem && file['package'] === each.name,
        );
        const published = findStep(state, 'publish', labelOfPlanned(each));
        return {
          ...{ package: each.name, ecosystem: each.ecosystem, version: each.to },
          registry: published?.['registry'],
          outcome: published?.['outcome'],
          url: published?.['url'],
          artifacts: own.map(({ filename, sha256 }) => ({ filename, sha256 })),
        };
      });
      writeResults(root, project, results);
    }
    return stageDone;
  },
};
