import type { Reader, Result, Source } from '../../model';
import { tomlSpans, type TomlSpans } from '../../text';
import { packageModule } from './package-module';
import type { Declared } from './dependencies';
import { directoryOf } from './local-path';
import { normalizeName } from './names';
import type { PyProject } from './read-manifest';
import type { VersionSpot } from './version-source';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text that states a version or a requirement. Offsets are units of `source.text`. */
export interface Place {
  readonly source: Source;
  /** Path of the value inside its file, for people. */
  readonly via: string;
  readonly text: string | null;
  /** What an edit replaces; absent where there is nothing to replace. */
  readonly span?: Range;
  /** What a code frame marks. */
  readonly frame?: Range;
  /** Why it cannot be edited. */
  readonly fixed?: string;
}

export interface VersionPlace extends Place {
  /** How a version of PEP 440 is written here. */
  readonly spell: (native: string) => Result<string>;
}

export interface RequirementPlace extends Place {
  readonly name: string;
}

export interface ProjectPlaces {
  readonly version: readonly VersionPlace[];
  /** Of every dependency on another package, in the order of the manifest's dependencies. */
  readonly requirements: readonly RequirementPlace[];
  /** Requirements of the project on itself (`all = ["core[cli]==1.2.0"]`): they move with its version. */
  readonly own: readonly RequirementPlace[];
}

const escapes = 'the string holds escapes';

/** Every place of a project: the one search that `locate` shows and `plan` edits by. */
export function placesOf(project: PyProject, reader: Reader): ProjectPlaces {
  const { source, name, version, declarations } = project;
  const spansOf = scanOnce(reader);
  const spans = spansOf(source);
  const places = declarations.declared.map((each) => requirementPlace(source, spans, each));
  const own = normalizeName(name);
  const isOwn = (place: RequirementPlace): boolean => normalizeName(place.name) === own;
  return {
    version: version.spots.map((spot) => versionPlace(spot, spansOf)),
    requirements: places.filter((place) => !isOwn(place)),
    own: places.filter(isOwn),
  };
}

/** What else shows a version: the reason why there is none to edit, and a literal that no build reads. */
export function shownVersions(project: PyProject, reader: Reader): Place[] {
  const { source, name, version, document } = project;
  const { fixed, via } = version.fact;
  if (fixed !== undefined) return [{ source, via, text: null, fixed }];
  if (version.fact.file !== source.file) return [];
  const module = packageModule(directoryOf(source.file), name, document, reader);
  return module ? [module] : [];
}

/** Requirements of a manifest that is no package: the root of a workspace. */
export function requirementPlaces(
  source: Source,
  declared: readonly Declared[],
  reader: Reader,
): RequirementPlace[] {
  const spans = scanOnce(reader)(source);
  return declared.map((each) => requirementPlace(source, spans, each));
}

/** A file is scanned once per session, however many packages share it. */
export function scanOnce(reader: Reader): (source: Source) => TomlSpans {
  const scanned = reader.memo('pypi:spans', () => new WeakMap<Source, TomlSpans>());
  return (source) => {
    const found = scanned.get(source) ?? tomlSpans(source);
    scanned.set(source, found);
    return found;
  };
}

function versionPlace(spot: VersionSpot, spansOf: (source: Source) => TomlSpans): VersionPlace {
  const { source, via, spell } = spot;
  if (spot.kind === 'text') {
    const { value: text, start, end } = spot.text;
    return { source, via, text, span: { start, end }, frame: { start, end }, spell };
  }
  return { ...stringPlace(source, spansOf(source), spot), spell };
}

function requirementPlace(source: Source, spans: TomlSpans, declared: Declared): RequirementPlace {
  const { dependency, at: path, requirement: part } = declared;
  const { name, requirement: text, section } = dependency;
  if (text === null || !part) {
    const fixed = 'it states no requirement';
    return { source, name, via: section, text, fixed, ...frameAt(spans, declared) };
  }
  const { span, fixed, ...place } = stringPlace(source, spans, { path, via: section });
  if (!span) return { ...place, name, text, fixed: fixed ?? escapes };
  const start = span.start + part.start;
  return { ...place, name, text, span: { start, end: span.start + part.end } };
}

function frameAt(spans: TomlSpans, { at }: Declared): Pick<Place, 'frame'> {
  const frame = spans.find(at);
  return frame ? { frame: { start: frame.start, end: frame.end } } : {};
}

/** A TOML string within its quotes. One with escapes has no text that could be replaced in part. */
function stringPlace(
  source: Source,
  spans: TomlSpans,
  { path, via }: { readonly path: Declared['at']; readonly via: string },
): Place {
  const found = spans.find(path);
  if (found?.value === undefined) return { source, via, text: null, fixed: escapes };
  const { contentStart: start, contentEnd: end, value: text } = found;
  const frame = { start: found.start, end: found.end };
  if (source.text.slice(start, end) !== text) return { source, via, text, frame, fixed: escapes };
  return { source, via, text, frame, span: { start, end } };
}
