import type { Edit, Source } from '../../../model';
import { jsonSpans, type JsonPath, type JsonSpans } from '../../../text';
import { replaceLocked, type Lock, type LockFormat } from './lock';

/**
 * bun's text lock file: JSON with trailing commas. `workspaces` has the version and the requirements of every
 * member by directory, `packages` the requirements of what is copied by `file:`, `catalog` and `catalogs` stand as in
 * the root manifest. Where bun 1.1 wrote directories in place of requirements, these stay. Seen with bun 1.1.42, 1.2.0 and 1.4.5.
 */
export const bunLock: LockFormat = { files: ['bun.lock'], open };

function open(source: Source): Lock {
  const spans = jsonSpans(source, { lenient: true });
  const replace = (path: JsonPath, key: string, to: string, from?: string): Edit[] => {
    const span = spans.find(path);
    if (typeof span?.value !== 'string') return [];
    const place = { start: span.contentStart, end: span.contentEnd, text: span.value };
    const spelled = JSON.stringify(to).slice(1, -1);
    return replaceLocked(source, place, { key, from: from ?? span.value, to, spelled });
  };
  const copies = copiedPackages(spans);
  return {
    directories: [...spans.members(['workspaces']).map(({ key }) => key), ...copies.keys()],
    edits: ({ directory, name = '', version, texts, catalogs }) => [
      ...(version === undefined
        ? []
        : replace(['workspaces', directory, 'version'], name, version)),
      ...texts.flatMap(({ section, key, from, to }) =>
        [['workspaces', directory], ...(copies.get(directory) ?? [])].flatMap((path) =>
          replace([...path, section, key], key, to, from),
        ),
      ),
      ...catalogs.flatMap(({ catalog, key, from, to }) => [
        ...replace(['catalogs', catalog, key], key, to, from),
        ...(catalog === 'default' ? replace(['catalog', key], key, to, from) : []),
      ]),
    ],
  };
}

/** Where the requirements stand of `"core": ["core@file:../core", { … }]`, by directory. */
function copiedPackages(spans: JsonSpans): ReadonlyMap<string, readonly JsonPath[]> {
  const copies = new Map<string, JsonPath[]>();
  for (const { key } of spans.members(['packages'])) {
    const written = spans.find(['packages', key, 0])?.value;
    const directory = typeof written === 'string' ? /.@file:(.+)$/.exec(written)?.[1] : undefined;
    if (directory === undefined) continue;
    copies.set(directory, [...(copies.get(directory) ?? []), ['packages', key, 1]]);
  }
  return copies;
}
