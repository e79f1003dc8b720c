import type { PlannedTag } from '../record/planned-release';
import { findStep } from '../record/release-state';
import type { ReleaseStore } from '../record/release-store';
import { labelOfPlanned, plannedUploads } from '../plan/planned-units';

/** What was released, where, with which digests: git keeps it when the journal is long gone. */
export function tagMessage(
  { subject, version, packages }: PlannedTag,
  store: ReleaseStore,
): string {
  const own = new Set(packages);
  const uploads = plannedUploads(store.planned.plan).filter((each) =>
    own.has(labelOfPlanned(each)),
  );
  const state = store.state();
  const lines = uploads.flatMap(({ project, ecosystem, name, to }) => {
    const recorded = findStep(state, 'package', project)?.['artifacts'];
    const files = (recorded ?? []) as readonly PackedFile[];
    const mine = files.filter((file) => file.ecosystem === ecosystem && file.package === name);
    return [
      `${ecosystem} ${name} ${to}`,
      ...mine.map(({ filename, sha256 }) => `  sha256:${sha256}  ${filename}`),
    ];
  });
  return [`${subject} ${version}`, '', ...lines, ''].join('\n');
}

interface PackedFile {
  readonly ecosystem: string;
  readonly package: string;
  readonly filename: string;
  readonly sha256: string;
}
