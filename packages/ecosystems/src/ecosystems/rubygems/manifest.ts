import { posix } from 'node:path';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Dependency,
  type Manifest,
  type ManifestFormat,
  type Reader,
  type Result,
  type Source,
  type VersionFact,
} from '../../model';
import { located, unitOffset } from '../../text';
import { besideGemspec, type BesideGemspec } from './bundler/beside-gemspec';
import { embeddedCrates } from './extensions';
import { readSpecification, type SpecAttribute, type Specification } from './gemspec/specification';
import { findPlaces, type DependencyPlaces, type Places, type VersionPlace } from './places';
import { pushHost } from './push-host';
import { nestedTooDeeply, type Location } from './ruby/prism';
import { rubyFile, type RubyFile } from './ruby/ruby-file';
import { render } from './ruby/value';
import { isVersion } from './version-number';
import { viaOf } from './version-via';

/** Gemspecs, read from their syntax tree and edited in the literals they hold. What plans edits loads on first use. */
export const format: ManifestFormat = {
  read(source, reader) {
    const found = search(source, reader);
    return found.ok ? describe(source, found.value, reader) : found;
  },
  plan(source, change, reader) {
    const found = search(source, reader);
    if (!found.ok) return found;
    const { specification, places } = found.value;
    const name = render(specification.attributes.get('name')?.value);
    const { planChange } = require('./plan/plan-change') as typeof import('./plan/plan-change');
    return planChange({ name, source, places }, change, reader);
  },
  locate(source, reader) {
    const found = search(source, reader);
    if (!found.ok) return found;
    const { locatePlaces } = require('./locate') as typeof import('./locate');
    return ok(locatePlaces(source, found.value.places));
  },
  // A gem is built from its own directory; a crate in it is handled as a package of its own ecosystem.
  publishable: () => ok([]),
};

interface Found {
  readonly specification: Specification;
  readonly gemfile: BesideGemspec;
  readonly places: Places;
}

/** The one search for facts and their places. */
function search(source: Source, reader: Reader): Result<Found> {
  const specified = specify(source, reader);
  if (!specified.ok) return specified;
  const specification = specified.value;
  const { attributes } = specification;
  const gemfile = besideGemspec(source, specification, reader);
  const dependencies = [...specification.dependencies, ...gemfile.dependencies];
  const places = findPlaces(attributes, dependencies, posix.dirname(source.file));
  return ok({ specification, gemfile, places });
}

function specify(source: Source, reader: Reader): Result<Specification> {
  const where = { file: source.file };
  if (source.text.trim() === '')
    return fail(new ForgeError('FORGE-M001', { what: `\`${source.file}\` is empty`, where }));
  const file = parseOnce(source, reader);
  const [error] = file.parsed.errors;
  if (error) return fail(problem('FORGE-M002', source, error.location, error.message));
  const specification = interpret(file, reader);
  if (specification === nestedTooDeeply)
    return fail(problem('FORGE-M002', source, { startOffset: 0, length: 1 }, nestedTooDeeply));
  if (specification) return ok(specification);
  const what = `\`${source.file}\` makes no \`Gem::Specification\``;
  return fail(new ForgeError('FORGE-M004', { what, where }));
}

/** One manifest is read, planned and located in turn; trees of more than the latest would fill the memory. */
function parseOnce(source: Source, reader: Reader): RubyFile {
  const latest = reader.memo<{ file?: RubyFile }>('rubygems:latest-gemspec', () => ({}));
  if (latest.file?.source !== source) latest.file = rubyFile(source);
  return latest.file;
}

function interpret(
  file: RubyFile,
  reader: Reader,
): Specification | undefined | typeof nestedTooDeeply {
  try {
    return readSpecification(file, reader);
  } catch (error) {
    if (error instanceof RangeError) return nestedTooDeeply;
    throw error;
  }
}

function describe(
  source: Source,
  { specification, gemfile, places }: Found,
  reader: Reader,
): Result<Manifest> {
  const { attributes, metadata, inputs } = specification;
  const name = render(attributes.get('name')?.value);
  const version = attributes.get('version');
  const problems = [
    ...(name ? [] : [nameProblem(source, attributes.get('name'))]),
    ...versionProblems(source, version),
  ];
  if (!name || !version || problems.length > 0) return fail(...problems);
  const extensions = attributes.get('extensions')?.value;
  return ok({
    ecosystem: 'rubygems',
    file: source.file,
    name,
    version: versionFact(source, places.version),
    ...pushHost(metadata.get('allowed_push_host')),
    dependencies: places.dependencies.map((each) => dependency(each, gemfile.paths)),
    embeds: extensions ? embeddedCrates(extensions, posix.dirname(source.file), reader) : [],
    inputs: [...inputs, ...gemfile.inputs].sort(),
  });
}

function versionFact(source: Source, place: VersionPlace): VersionFact {
  const { literals, fixed } = place;
  const file = literals[0]?.source.file ?? source.file;
  const via = viaOf(source, place);
  return { value: render(place.value), file, via, ...(fixed === undefined ? {} : { fixed }) };
}

function dependency(
  { name, kind, from, texts }: DependencyPlaces,
  paths: ReadonlyMap<string, string>,
): Dependency {
  const clauses = texts.map(({ value }) => render(value));
  const fixed = texts.find((text) => text.fixed !== undefined)?.fixed;
  const path = paths.get(name);
  return {
    name,
    kind,
    section: from.method,
    requirement: clauses.length === 0 || clauses.includes(null) ? null : clauses.join(', '),
    ...(path === undefined ? {} : { path }),
    ...(fixed === undefined ? {} : { fixed }),
  };
}

function nameProblem(source: Source, name: SpecAttribute | undefined): ForgeError {
  if (name) return problem('FORGE-M004', source, name.place, 'the name is computed');
  const what = `\`${source.file}\` has no name`;
  return new ForgeError('FORGE-M004', { what, where: { file: source.file } });
}

function versionProblems(source: Source, version: SpecAttribute | undefined): ForgeError[] {
  if (!version) {
    const what = `\`${source.file}\` has no version`;
    return [new ForgeError('FORGE-M005', { what, where: { file: source.file } })];
  }
  const text = render(version.value);
  if (text === null || isVersion(text)) return [];
  const what = `\`${text}\` is not a RubyGems version`;
  return [problem('FORGE-M006', source, version.place, what)];
}

function problem(
  code: 'FORGE-M002' | 'FORGE-M004' | 'FORGE-M006',
  source: Source,
  place: Location,
  what: string,
): ForgeError {
  const start = unitOffset(source, place.startOffset);
  const end = unitOffset(source, place.startOffset + place.length);
  return new ForgeError(code, { what, ...located(source, start, Math.max(1, end - start)) });
}
