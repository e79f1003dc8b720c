import { writeResults } from '../record/journal';
import { groupBy } from '../graph/group-by';
import { plannedUploads } from '../plan/planned-units';
import { recordedUpload } from './recorded-upload';
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
      const results = packages.map((each) => {
        const { registry, outcome, url, artifacts, at, actor } = recordedUpload(each, state);
        const asked = { package: each.name, ecosystem: each.ecosystem, version: each.to };
        return { ...asked, registry, outcome, url, artifacts, at, actor };
      });
      writeResults(root, project, results);
    }
    return stageDone;
  },
};
