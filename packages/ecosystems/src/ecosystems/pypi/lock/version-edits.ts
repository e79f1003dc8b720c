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
  { source, packages }: LockFile,
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
      const starts = [start + contentStart, ...mentions(source.text, name, from)];
      const reason = `${source.file}: ${name} ${from} → ${to}`;
      return starts.map((at) => editAt(source, at, at + from.length, to, reason));
    });
}

/** `{ name = "core", version = "1.2.0", source = { editable = … } }` in the lists of dependencies. */
function mentions(text: string, name: string, version: string): number[] {
  const head = `{ name = "${normalizeName(name)}", version = "`;
  const tail = /",(?: marker = "[^"]*",)? source = \{ (?:editable|virtual|directory) = /y;
  const found: number[] = [];
  for (let at = text.indexOf(head); at >= 0; at = text.indexOf(head, at + 1)) {
    const start = at + head.length;
    tail.lastIndex = start + version.length;
    if (text.startsWith(version, start) && tail.test(text)) found.push(start);
  }
  return found;
}
