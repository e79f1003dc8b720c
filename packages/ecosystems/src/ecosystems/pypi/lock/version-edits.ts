import type { Edit } from '../../../model';
import { editAt } from '../../../text';
import { normalizeName } from '../names';
import { partsOf } from '../version-parts';
import type { LockFile } from './lock-file';

/**
 * The version of a package that is locked from the workspace, of the one in `directory` where that is given. uv
 * leaves it out for a dynamic version, and repeats it where packages of one name are locked more than once.
 */
export function versionEdits(
  { source, packages, mentions }: LockFile,
  name: string,
  version: string,
  directory?: string,
): Edit[] {
  const to = partsOf(version)?.normal ?? version;
  const found = packages.get(normalizeName(name)) ?? [];
  return found
    .filter((each) => directory === undefined || each.directory === directory)
    .flatMap(({ spans, start }) => {
      const { value: from, contentStart } = spans.find(['package', 0, 'version']) ?? {};
      if (from === undefined || contentStart === undefined || from === to) return [];
      const repeated = mentions.get(normalizeName(name))?.filter((each) => each.version === from);
      const starts = [start + contentStart, ...(repeated ?? []).map(({ at }) => at)];
      const reason = `${source.file}: ${name} ${from} → ${to}`;
      return starts.map((at) => editAt(source, at, at + from.length, to, reason));
    });
}
