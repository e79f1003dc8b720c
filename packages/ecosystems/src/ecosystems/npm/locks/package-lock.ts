import { posix } from 'node:path';
import type { Edit, Source } from '../../../model';
import { jsonSpans, parseJsonText, type JsonPath } from '../../../text';
import { replaceLocked, type Lock, type LockChange, type LockFormat } from './lock';

/**
 * Lock files of npm. Version 1 has `dependencies`, version 3 has `packages`, version 2 has both. Members of a
 * workspace stand in `packages` by directory, with their version and their requirements; in `dependencies` by
 * name as `file:<directory>`, with their requirements in `requires`. Seen with npm 11.19.
 */
export const packageLock: LockFormat = {
  files: ['package-lock.json', 'npm-shrinkwrap.json'],
  open: (source) => {
    const isReadable = parseJsonText(source).ok;
    return isReadable ? openLock(source) : { directories: [], edits: () => [] };
  },
};

function openLock(source: Source): Lock {
  const spans = jsonSpans(source);
  const entries = localEntries(source);
  const replace = (path: JsonPath, key: string, to: string, from?: string): Edit[] => {
    const span = spans.find(path);
    if (typeof span?.value !== 'string') return [];
    const place = { start: span.contentStart, end: span.contentEnd, text: span.value };
    const spelled = JSON.stringify(to).slice(1, -1);
    return replaceLocked(source, place, { key, from: from ?? span.value, to, spelled });
  };
  const ownVersion = ({ directory, name = '', version }: LockChange): Edit[] => {
    if (version === undefined) return [];
    const paths = directory === '' ? [['version'], ['packages', '', 'version']] : [];
    const own = directory === '' ? [] : [['packages', directory, 'version']];
    return [...paths, ...own].flatMap((path) => replace(path, name || directory, version));
  };
  return {
    directories: [...entries.values()].flat(),
    edits(change) {
      const { directory, name = '' } = change;
      const link = spans.find(['dependencies', name, 'version'])?.value === `file:${directory}`;
      return [
        ...ownVersion(change),
        ...change.versions.flatMap((each) =>
          (entries.get(each.name) ?? []).flatMap((at) =>
            replace(['packages', at, 'version'], each.name, each.version),
          ),
        ),
        ...change.texts.flatMap(({ section, key, from, to }) => [
          ...replace(['packages', directory, section, key], key, to, from),
          ...(link ? replace(['dependencies', name, 'requires', key], key, to, from) : []),
        ]),
      ];
    },
  };
}

/** Directories of the packages that are no copies from a registry, by name. */
function localEntries(source: Source): ReadonlyMap<string, readonly string[]> {
  const spans = jsonSpans(source);
  const byName = new Map<string, string[]>();
  for (const { key } of spans.members(['packages'])) {
    if (key === '' || /(?:^|\/)node_modules\//.test(key)) continue;
    const written = spans.find(['packages', key, 'name'])?.value;
    const name = typeof written === 'string' ? written : nameOfDirectory(key);
    byName.set(name, [...(byName.get(name) ?? []), key]);
  }
  return byName;
}

/** npm leaves the name out where the directory says it. */
function nameOfDirectory(directory: string): string {
  const scope = posix.basename(posix.dirname(directory));
  const base = posix.basename(directory);
  return scope.startsWith('@') ? `${scope}/${base}` : base;
}
