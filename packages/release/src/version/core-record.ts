import type { GroupOptions } from '../configuration/group-options';
import type { ProjectModel } from '../graph/model';
import type { TextPlace } from '../plan/followers/text-followers';
import type { VersionDecider } from './decide-version';

/** Where the project says which core version it goes with, for its users to see. */
export function coreRecord(
  { root }: ProjectModel,
  { core, recordCore }: GroupOptions,
  decider: VersionDecider,
): TextPlace | undefined {
  const version = core === undefined ? undefined : decider.coreVersion(core);
  if (!recordCore || !version?.ok) return undefined;
  return {
    file: root === '.' ? recordCore.file : `${root}/${recordCore.file}`,
    place: { kind: 'pointer', path: recordCore.path },
    version: version.value.version,
    why: `records the version of \`${version.value.group}\``,
  };
}
