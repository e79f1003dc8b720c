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
} from '../../model';
import { located } from '../../text';
import {
  describe,
  topField,
  type Description,
  type FoundDependency,
} from './cabal-file/description';
import { isPackageName } from './package-name';
import { isCandidate, spellNative } from './native-version';
import { parseVersion } from './pvp';
import { isRange } from './range';

/** `*.cabal`: read after Cabal's field grammar, edited by spans. What plans edits loads on first use. */
export const format: ManifestFormat = {
  read(source, reader) {
    if (source.text.trim() === '') return empty(source);
    const alone = onlyOneIn(source, reader);
    if (alone) return fail(alone);
    const described = describe(source);
    return described.ok ? meaning(source, described.value, reader) : described;
  },

  plan(source, change, reader) {
    const described = describe(source);
    if (!described.ok) return described;
    const { planChange } = require('./plan') as typeof import('./plan');
    const planned = planChange(source, described.value, change, reader);
    const generated = generatedBy(source, reader);
    return generated && planned.ok && planned.value.length > 0
      ? computed(source, generated.why)
      : planned;
  },

  locate(source, reader) {
    const described = describe(source);
    if (!described.ok) return described;
    const { locate } = require('./locate') as typeof import('./locate');
    return locate(source, described.value, reader);
  },

  // Local packages stand in `cabal.project`, which is not part of an sdist: nothing here points outside.
  publishable: () => ok([]),
};

function meaning(source: Source, description: Description, reader: Reader): Result<Manifest> {
  const problems = [...factProblems(source, description), ...rangeProblems(source, description)];
  const { name, version, candidate } = description;
  if (!name || !version || problems.length > 0) return fail(...problems);
  const generated = generatedBy(source, reader);
  const reason = privateReason(source, description);
  return ok({
    ecosystem: 'hackage',
    file: source.file,
    name: name.value,
    version: {
      value: spellNative(version.value, candidate?.value),
      file: source.file,
      via: 'version',
      ...(generated ? { fixed: generated.why } : {}),
    },
    ...(reason === undefined ? {} : { private: reason }),
    dependencies: description.dependencies.map((each) => dependencyOf(each, generated?.why)),
    embeds: [],
    inputs: generated ? [generated.file] : [],
  });
}

function dependencyOf(found: FoundDependency, fixed: string | undefined): Dependency {
  return {
    name: found.name,
    kind: found.kind,
    section: found.section,
    requirement: found.range?.text.replace(/\s+/g, ' ') ?? null,
    ...(fixed !== undefined && found.range ? { fixed } : {}),
  };
}

function factProblems(source: Source, { name, version, candidate }: Description): ForgeError[] {
  const problems: ForgeError[] = [];
  if (!name) problems.push(missing('FORGE-M004', source, 'name'));
  else if (!isPackageName(name.value))
    problems.push(unusable(source, `\`${name.value}\` is no package name`, name));
  if (!version) problems.push(missing('FORGE-M005', source, 'version'));
  else if (!parseVersion(version.value))
    problems.push(unusable(source, `\`${version.value}\` is no version: digits and dots`, version));
  if (candidate && !isCandidate(candidate.value))
    problems.push(
      unusable(source, `\`${candidate.value}\` names no candidate: \`rc.1\``, candidate),
    );
  return problems;
}

function rangeProblems(source: Source, { dependencies, own }: Description): ForgeError[] {
  return [...dependencies, ...own].flatMap(({ name, range }) =>
    !range || isRange(range.text)
      ? []
      : [unusable(source, `\`${name}\` has the unreadable range \`${range.text}\``, range)],
  );
}

function missing(code: 'FORGE-M004' | 'FORGE-M005', source: Source, field: string): ForgeError {
  const what = `\`${source.file}\` has no field \`${field}\``;
  return new ForgeError(code, { what, where: { file: source.file } });
}

function unusable(source: Source, what: string, at: { start: number; end: number }): ForgeError {
  return new ForgeError('FORGE-M006', { what, ...located(source, at.start, at.end - at.start) });
}

function empty(source: Source): Result<never> {
  const what = `\`${source.file}\` is empty`;
  return fail(new ForgeError('FORGE-M001', { what, where: { file: source.file } }));
}

/** Cabal 3.4 builds no directory with two: `Multiple cabal files found`. */
function onlyOneIn(source: Source, reader: Reader): ForgeError | undefined {
  const others = reader
    .list(posix.dirname(source.file))
    .filter((each) => each.endsWith('.cabal') && each !== posix.basename(source.file));
  if (others.length === 0) return undefined;
  const what = `\`${source.file}\` stands beside \`${others.join('`, `')}\``;
  return new ForgeError('FORGE-M013', { what, where: { file: source.file } });
}

/** Our own extension field; Cabal keeps every field that starts with `x-`. */
function privateReason(source: Source, { elements }: Description): string | undefined {
  const line = topField(elements, 'x-forge-private')?.lines[0];
  if (!line || source.text.slice(line.start, line.end).toLowerCase() !== 'true') return undefined;
  return '`x-forge-private: True`';
}

/** hpack writes the whole file from `package.yaml` again, so an edit here would be lost. */
function generatedBy(source: Source, reader: Reader): { file: string; why: string } | undefined {
  if (!/^--\s*This file has been generated from package\.yaml by hpack/m.test(head(source)))
    return undefined;
  const directory = posix.dirname(source.file);
  if (!reader.list(directory).includes('package.yaml')) return undefined;
  const file = posix.join(directory, 'package.yaml');
  return { file, why: `hpack generates \`${source.file}\` from \`${file}\`` };
}

function head(source: Source): string {
  return source.text.slice(0, 500);
}

function computed(source: Source, why: string): Result<never> {
  return fail(
    new ForgeError('FORGE-M007', {
      what: `${why}, so an edit would be undone by its next run`,
      where: { file: source.file },
      fix: 'change `package.yaml`, run hpack, and commit both files',
    }),
  );
}
