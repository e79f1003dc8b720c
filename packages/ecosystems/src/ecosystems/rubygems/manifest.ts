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
import { located } from '../../text';
import { embeddedCrates } from './extensions';
import { gemfilePaths } from './gemfile';
import {
  readSpecification,
  type SpecAttribute,
  type SpecDependency,
  type Specification,
} from './gemspec';
import { nestedTooDeeply, textOffset, type Location } from './ruby/prism';
import { pushHost } from './push-host';
import { rubyFile, type RubyFile } from './ruby/ruby-file';
import { literalKey, onlyLiteral, render, type Value } from './ruby/value';
import { versionLiterals } from './version-literals';
import { isVersion } from './version-number';

/** Gemspecs, read from their syntax tree and edited in the literals they hold. What plans edits loads on first use. */
export const format: ManifestFormat = {
  read(source, reader) {
    const specification = specify(source, reader);
    return specification.ok ? describe(source, specification.value, reader) : specification;
  },
  plan(source, change, reader) {
    const specification = specify(source, reader);
    if (!specification.ok) return specification;
    const { planChange } = require('./change-plan') as typeof import('./change-plan');
    return planChange(source, specification.value, change);
  },
  // A gem is built from its own directory; a crate in it is handled as a package of its own ecosystem.
  publishable: () => ok([]),
};

function specify(source: Source, reader: Reader): Result<Specification> {
  const where = { file: source.file };
  if (source.text.trim() === '')
    return fail(new ForgeError('FORGE-M001', { what: `\`${source.file}\` is empty`, where }));
  const file = rubyFile(source);
  const [error] = file.parsed.errors;
  if (error) return fail(problem('FORGE-M002', source, error.location, error.message));
  const specification = interpret(file, reader);
  if (specification === nestedTooDeeply)
    return fail(problem('FORGE-M002', source, { startOffset: 0, length: 1 }, nestedTooDeeply));
  if (specification) return ok(specification);
  const what = `\`${source.file}\` makes no \`Gem::Specification\``;
  return fail(new ForgeError('FORGE-M004', { what, where }));
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

function describe(source: Source, specification: Specification, reader: Reader): Result<Manifest> {
  const { attributes, metadata, inputs } = specification;
  const name = render(attributes.get('name')?.value);
  const version = attributes.get('version');
  const problems = [
    ...(name ? [] : [nameProblem(source, attributes.get('name'))]),
    ...versionProblems(source, version),
  ];
  if (!name || !version || problems.length > 0) return fail(...problems);
  const root = posix.dirname(source.file);
  const { dependencies } = specification;
  const gemfile = dependencies.length > 0 ? gemfilePaths(root, reader) : undefined;
  const extensions = attributes.get('extensions')?.value;
  return ok({
    ecosystem: 'rubygems',
    file: source.file,
    name,
    version: versionFact(source, version),
    ...pushHost(metadata.get('allowed_push_host')),
    dependencies: dependencies.flatMap((each) =>
      dependency(each, fixedReason(each, version.value), gemfile?.paths),
    ),
    embeds: extensions ? embeddedCrates(extensions, root, reader) : [],
    inputs: [...inputs, ...(gemfile?.inputs ?? [])].sort(),
  });
}

function versionFact(source: Source, version: SpecAttribute): VersionFact {
  const value = render(version.value);
  const { startOffset, length } = version.place;
  const start = textOffset(source, startOffset);
  const written = source.text.slice(start, textOffset(source, startOffset + length));
  const literals = versionLiterals(version.value);
  const single = onlyLiteral(version.value);
  const via = single?.source === source ? 'version' : written;
  if (!literals) return { value, file: source.file, via, fixed: reasonOf(version, written) };
  return { value, file: literals[0]?.source.file ?? source.file, via };
}

function reasonOf(version: SpecAttribute, written: string): string {
  if (version.float) return `\`${written}\` is a number: quote it`;
  return `\`${written}\` is computed when the gem is built`;
}

function dependency(
  { method, name, requirements }: SpecDependency,
  fixed: string | undefined,
  paths: ReadonlyMap<string, string> | undefined,
): Dependency[] {
  const known = render(name);
  // A name that is computed cannot be matched with any package.
  if (known === null) return [];
  const texts = requirements.map((value) => render(value));
  const path = paths?.get(known);
  return [
    {
      name: known,
      kind: method === 'add_development_dependency' ? 'dev' : 'runtime',
      section: method,
      requirement: texts.length === 0 || texts.includes(null) ? null : texts.join(', '),
      ...(path === undefined ? {} : { path }),
      ...(fixed === undefined ? {} : { fixed }),
    },
  ];
}

function fixedReason({ requirements, shared }: SpecDependency, version: Value): string | undefined {
  const literals = requirements.map(onlyLiteral);
  if (literals.includes(undefined)) return 'it is computed';
  const own = versionLiterals(version)?.map(literalKey) ?? [];
  if (literals.some((each) => each && own.includes(literalKey(each))))
    return 'it is the own version';
  return shared && requirements.length > 0 ? 'it stands in a loop' : undefined;
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
  const start = textOffset(source, place.startOffset);
  const end = textOffset(source, place.startOffset + place.length);
  return new ForgeError(code, { what, ...located(source, start, Math.max(1, end - start)) });
}
