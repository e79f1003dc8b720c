import { hostOf } from '../credentials/variables';
import type { PlannedTag } from '../record/planned-release';
import type { ReleaseStore } from '../record/release-store';
import { labelOfPlanned, plannedUploads } from '../plan/planned-units';
import { recordedUpload } from './recorded-upload';

/** What was released, where, when, with which digests: git keeps it when the journal is long gone. */
export function tagMessage(
  { subject, version, packages }: PlannedTag,
  store: ReleaseStore,
): string {
  const own = new Set(packages);
  const uploads = plannedUploads(store.planned.plan).filter((each) =>
    own.has(labelOfPlanned(each)),
  );
  const state = store.state();
  const lines = uploads.flatMap((each) => {
    const { artifacts, registry, at } = recordedUpload(each, state);
    return [
      `${each.ecosystem} ${each.name} ${each.to}`,
      ...(registry === undefined ? [] : [`  registry:${hostOf({ registry })}  ${at}`]),
      ...artifacts.map(({ filename, sha256 }) => `  sha256:${sha256}  ${filename}`),
    ];
  });
  return [`${subject} ${version}`, '', ...lines, ''].join('\n');
}
