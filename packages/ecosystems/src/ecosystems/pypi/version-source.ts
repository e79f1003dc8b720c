import type { Reader, Source, VersionFact } from '../../model';
import type { TomlPath, TomlTable } from '../../text';
import { crateVersion } from './crate-version';
import { dynamicPlace, type DynamicPlace } from './dynamic-version';
import { findAssignment, findFirstWord } from './python-version';
import { stringAt, valueAt } from './toml-access';

/** One place that has to be edited when the version changes. */
export type VersionSpot =
  | {
      readonly kind: 'toml';
      readonly source: Source;
      readonly path: TomlPath;
      readonly isCrate: boolean;
    }
  | {
      readonly kind: 'text';
      readonly source: Source;
      readonly start: number;
      readonly end: number;
    };

export interface VersionSource {
  readonly fact: VersionFact;
  /** Empty when the version cannot be edited. */
  readonly spots: readonly VersionSpot[];
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
  const fact = {
    value: stringAt(document, first) ?? null,
    file: source.file,
    via: first.join('.'),
  };
  if (stringAt(document, ['tool', 'poetry', 'version']) && tagDriven(document))
    return {
      fact: { ...fact, fixed: 'poetry-dynamic-versioning takes it from a tag' },
      spots: [],
      inputs: [],
    };
  return {
    fact,
    spots: paths.map((path) => ({ kind: 'toml', source, path, isCrate: false })),
    inputs: [],
  };
}

function tagDriven(document: TomlTable): boolean {
  return valueAt(document, ['tool', 'poetry-dynamic-versioning', 'enable']) === true;
}

function computed(source: Source, document: TomlTable, reader: Reader): VersionSource | undefined {
  const place = dynamicPlace(source.file, document);
  if (!place) return undefined;
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
  const fact = { value, file: source.file, via: path.join('.') };
  return { fact, spots: [{ kind: 'toml', source, path, isCrate: true }], inputs };
}

function fromFile(
  manifest: string,
  place: DynamicPlace & { kind: 'python' | 'text' },
  reader: Reader,
): VersionSource {
  const { candidates, via } = place;
  const source = candidates.map((file) => reader.read(file)).find((each) => each !== undefined);
  if (!source)
    return open(manifest, via, `\`${candidates.join('` or `')}\` does not exist`, candidates);
  const found =
    place.kind === 'text' ? findFirstWord(source.text) : firstAssignment(source, place.variables);
  if (!found)
    return open(manifest, via, `\`${source.file}\` assigns no literal version`, [source.file]);
  return {
    fact: { value: found.value, file: source.file, via },
    spots: [{ kind: 'text', source, start: found.start, end: found.end }],
    inputs: [source.file],
  };
}

function firstAssignment(source: Source, variables: readonly string[]) {
  for (const variable of variables) {
    const found = findAssignment(source.text, variable);
    if (found) return found;
  }
  return undefined;
}

function open(
  file: string,
  via: string,
  why: string,
  inputs: readonly string[] = [],
): VersionSource {
  return { fact: { value: null, file, via, fixed: why }, spots: [], inputs };
}
