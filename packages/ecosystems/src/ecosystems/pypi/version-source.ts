import type { Reader, Result, Source, VersionFact } from '../../model';
import { ok } from '../../model';
import type { TomlPath, TomlTable } from '../../text';
import { crateVersion } from './crate-version';
import { dynamicPlace, isPoetryDynamic, type DynamicPlace } from './dynamic-version';
import { findAttribute } from './python-attribute';
import { bindingOf, type FoundText } from './python-module';
import { configValue } from './setup-cfg';
import { stringAt } from './toml-access';
import { findByPattern } from './version-pattern';
import { versions } from './versions';

/** One text that has to be edited when the version changes. */
export type VersionSpot = {
  readonly source: Source;
  /** Path of the value inside its file, for people. */
  readonly via: string;
  /** How a version of PEP 440 is written there. */
  readonly spell: (native: string) => Result<string>;
} & (
  | { readonly kind: 'toml'; readonly path: TomlPath }
  | { readonly kind: 'text'; readonly text: FoundText }
);

export interface VersionSource {
  readonly fact: VersionFact;
  /** Empty when the version cannot be edited. */
  readonly spots: readonly VersionSpot[];
  /** True where a tag is the version: nothing is to be edited. */
  readonly isTag: boolean;
  /** Files other than the manifest that were read. */
  readonly inputs: readonly string[];
}

const literalPaths: readonly TomlPath[] = [
  ['project', 'version'],
  ['tool', 'poetry', 'version'],
];

/** Where the version of a project stands; undefined when it has none. */
export function versionSource(
  source: Source,
  document: TomlTable,
  reader: Reader,
): VersionSource | undefined {
  return literal(source, document) ?? computed(source, document, reader);
}

/** With both `project.version` and `tool.poetry.version` set, both are edited; the first one counts. */
function literal(source: Source, document: TomlTable): VersionSource | undefined {
  const paths = literalPaths.filter((path) => stringAt(document, path) !== undefined);
  const [first] = paths;
  if (!first) return undefined;
  const via = first.join('.');
  if (first[0] === 'tool' && isPoetryDynamic(document)) return byTag(source.file, via);
  const value = stringAt(document, first) ?? null;
  const spots = paths.map((path) => tomlSpot(source, path, ok<string>));
  return { fact: { value, file: source.file, via }, spots, isTag: false, inputs: [] };
}

function computed(source: Source, document: TomlTable, reader: Reader): VersionSource | undefined {
  const place = dynamicPlace(source.file, document, reader);
  if (!place) return undefined;
  if (place.kind === 'tag') return byTag(source.file, place.via);
  if (place.kind === 'fixed') return open(source.file, place.via, place.why);
  if (place.kind === 'crate') return fromCrate(place, reader);
  return fromFile(source.file, place, reader);
}

function fromCrate(
  place: DynamicPlace & { kind: 'crate' },
  reader: Reader,
): VersionSource | undefined {
  const crate = crateVersion(place.manifest, reader);
  if (!crate) return undefined;
  const { value, source, path, inputs } = crate;
  const spot = tomlSpot(source, path, versions.toCanonical);
  const fact = { value, file: source.file, via: spot.via };
  return { fact, spots: [spot], isTag: false, inputs };
}

type FilePlace = Exclude<DynamicPlace, { kind: 'tag' | 'fixed' | 'crate' }>;

function fromFile(manifest: string, place: FilePlace, reader: Reader): VersionSource {
  const { candidates, via } = place;
  const sources = candidates.flatMap((file) => reader.read(file) ?? []);
  const [first] = sources;
  if (!first)
    return open(manifest, via, `\`${candidates.join('` or `')}\` does not exist`, candidates);
  const { found, inputs } = look(place, sources, reader);
  if (!found) return open(manifest, via, `\`${first.file}\` holds no literal version`, inputs);
  const { source, text } = found;
  return {
    fact: { value: text.value, file: source.file, via },
    spots: [{ kind: 'text', source, via, text, spell: ok<string> }],
    isTag: false,
    inputs,
  };
}

interface Look {
  readonly found?: { readonly source: Source; readonly text: FoundText } | undefined;
  readonly inputs: readonly string[];
}

/** Of modules the first that binds the name counts; of other files the first that there is. */
function look(place: FilePlace, sources: readonly Source[], reader: Reader): Look {
  if (place.kind === 'python') return attribute(place.variables, sources, reader);
  const [source] = sources as [Source];
  const text = textIn(place, source.text);
  return { found: text && { source, text }, inputs: [source.file] };
}

function attribute(names: readonly string[], sources: readonly Source[], reader: Reader): Look {
  for (const source of sources)
    for (const name of names) {
      if (!bindingOf(source.text, name)) continue;
      const { found, inputs } = findAttribute(source, name, reader);
      return { found: found && { ...found, text: withoutPrefix(found.text) }, inputs };
    }
  return { inputs: sources.map(({ file }) => file) };
}

/** hatchling 1.33 reads `v1.2.0` as 1.2.0. */
function withoutPrefix(text: FoundText): FoundText {
  if (!/^v\d/.test(text.value)) return text;
  return { value: text.value.slice(1), start: text.start + 1, end: text.end };
}

function textIn(place: FilePlace, text: string): FoundText | undefined {
  if (place.kind === 'pattern') return findByPattern(text, place.pattern);
  if (place.kind === 'config') return configValue(text, 'metadata', 'version');
  const match = /\S+/.exec(text);
  return match
    ? { value: match[0], start: match.index, end: match.index + match[0].length }
    : undefined;
}

function tomlSpot(source: Source, path: TomlPath, spell: VersionSpot['spell']): VersionSpot {
  return { kind: 'toml', source, path, via: path.join('.'), spell };
}

function byTag(file: string, via: string): VersionSource {
  const fact = { value: null, file, via, fixed: 'the tag is the version' };
  return { fact, spots: [], isTag: true, inputs: [] };
}

function open(
  file: string,
  via: string,
  why: string,
  inputs: readonly string[] = [],
): VersionSource {
  return { fact: { value: null, file, via, fixed: why }, spots: [], isTag: false, inputs };
}
