import { posix } from 'node:path';
import type { Source } from '../../../model';
import { tomlSpans, type TomlPath, type TomlReplacement, type TomlSpans } from '../../../text';
import { localPath, type DependencyEntry } from '../manifest/dependencies';
import { isTable, valueAt } from '../manifest/tables';

/**
 * What a dependency with `workspace = true` inherits, as raw values by key, without what the member
 * says itself. Its path is written from the crate's own directory.
 */
export function inheritedFields(source: Source, entry: DependencyEntry): Map<string, string> {
  const { root, spec } = entry.inherited ?? {};
  if (!root || spec === undefined) return new Map();
  const spans = tomlSpans(root.source);
  const base = ['workspace', 'dependencies', entry.key];
  const rawOf = (path: TomlPath): string => spans.find(path)?.raw ?? '""';
  if (!isTable(spec)) return new Map([['version', rawOf(base)]]);
  const own = isTable(entry.spec) ? entry.spec : {};
  const keys = Object.keys(spec).filter((key) => own[key] === undefined);
  const fields = new Map(keys.map((key) => [key, rawOf([...base, key])]));
  const directory = posix.dirname(source.file);
  const path = localPath(entry, directory);
  if (path !== undefined) fields.set('path', `"${posix.relative(directory, path)}"`);
  return fields;
}

/** Puts `fields` in the place of `workspace = true`; features add up, as cargo adds them. */
export function writeOutDependency(
  entry: DependencyEntry,
  fields: ReadonlyMap<string, string>,
  spans: TomlSpans,
): readonly (TomlReplacement | undefined)[] {
  const at = [...entry.path, 'workspace'];
  return [exchangeByAll(spans, at, [...fields]), mergedFeatures(entry, spans)];
}

/** Puts several keys in the place of one, in the style in which that one is written. */
function exchangeByAll(
  spans: TomlSpans,
  at: TomlPath,
  fields: readonly (readonly [string, string])[],
): TomlReplacement | undefined {
  const [first, ...others] = fields;
  if (!first) return spans.removal(at);
  const exchanged = spans.exchange(at, ...first);
  const more = others.map((field) => spans.insertion(at, ...field)?.newText ?? '');
  return exchanged && { ...exchanged, newText: [exchanged.newText, ...more].join('') };
}

function mergedFeatures(
  { path, spec, inherited }: DependencyEntry,
  spans: TomlSpans,
): TomlReplacement | undefined {
  const own = spans.find([...path, 'features']);
  const [offered, wanted] = [inherited?.spec, spec].map((each) => valueAt(each, 'features'));
  if (!own || !Array.isArray(offered) || !Array.isArray(wanted)) return undefined;
  const all = [...new Set([...offered, ...wanted].map((feature) => JSON.stringify(feature)))];
  return { start: own.start, end: own.end, newText: `[${all.join(', ')}]` };
}
