import { digest } from '../../../archive';
import type { TomlTable } from '../../../text';
import { isTable, tableAt, valueAt } from '../toml-access';
import { normalizeName } from '../names';

type Hash = (document: TomlTable) => string;

/**
 * How a tool may have computed the hash of the manifest that it keeps in its lock file, to notice a change of
 * what was locked: SHA-256 of some tables as JSON. The form of the JSON is Python's `json.dumps(…, sort_keys=True)`.
 */
export const contentHashes: readonly Hash[] = [
  (document) => hashed(poetryContent(document, true)),
  // Before 2.3 Poetry left `dependency-groups` out.
  (document) => hashed(poetryContent(document, false)),
  (document) => `sha256:${hashed(pdmContent(document))}`,
];

/** What Poetry 1.2 to 2.5 take into account; with nothing in `project`, its own table stands at the top. */
function poetryContent(document: TomlTable, withGroups: boolean): unknown {
  const project = picked(tableAt(document, ['project']) ?? {}, [
    'requires-python',
    'dependencies',
    'optional-dependencies',
  ]);
  const groups = withGroups ? (tableAt(document, ['dependency-groups']) ?? {}) : {};
  const isStandard = isFilled(project) || isFilled(groups);
  const own = tableAt(document, ['tool', 'poetry']) ?? {};
  const table = picked(own, ['dependencies', 'source', 'extras', 'dev-dependencies', 'group']);
  if (isStandard)
    return {
      ...(isFilled(project) && { project }),
      ...(isFilled(groups) && { 'dependency-groups': groups }),
      tool: { poetry: table },
    };
  return { dependencies: null, source: null, extras: null, 'dev-dependencies': null, ...table };
}

/** pdm 2: groups of both tables together, under their normalised names. */
function pdmContent(document: TomlTable): unknown {
  const settings = tableAt(document, ['tool', 'pdm']) ?? {};
  const groups: Record<string, unknown[]> = {};
  for (const path of [['dependency-groups'], ['tool', 'pdm', 'dev-dependencies']])
    for (const [name, items] of Object.entries(tableAt(document, path) ?? {})) {
      const group = (groups[normalizeName(name)] ??= []);
      if (Array.isArray(items)) group.push(...(items as unknown[]));
    }
  return {
    sources: settings['source'] ?? [],
    dependencies: valueAt(document, ['project', 'dependencies']) ?? [],
    'dev-dependencies': groups,
    'optional-dependencies': valueAt(document, ['project', 'optional-dependencies']) ?? {},
    'requires-python': valueAt(document, ['project', 'requires-python']) ?? '',
    resolution: settings['resolution'] ?? {},
  };
}

function picked(table: TomlTable, keys: readonly string[]): Record<string, unknown> {
  const found = keys.filter((key) => table[key] !== undefined);
  return Object.fromEntries(found.map((key) => [key, table[key]]));
}

function isFilled(table: object): boolean {
  return Object.keys(table).length > 0;
}

function hashed(content: unknown): string {
  return digest('sha256', pythonJson(content));
}

/** `, ` and `: ` between the parts, keys in order, and nothing but ASCII. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'bigint') return String(value);
  if (!isTable(value)) return asciiJson(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${asciiJson(key)}: ${pythonJson(value[key])}`);
  return `{${members.join(', ')}}`;
}

function asciiJson(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
