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
import { locatedSpan } from '../../text';
import {
  candidateField,
  describe,
  topField,
  topFields,
  type Description,
  type FoundDependency,
} from './cabal-file/description';
import { templateOf } from './hpack/template-file';
import { isPackageName } from './package-name';
import { isCandidate, spellNative } from './native-version';
import { parseVersion } from './pvp';
import { isRange } from './ranges/range';

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
    const template = templateOf(source, reader);
    if (template !== undefined) {
      const { planGenerated } =
        require('./hpack/plan-generated') as typeof import('./hpack/plan-generated');
      return planGenerated(source, described.value, change, template, reader);
    }
    const { planChange } = require('./plan/plan-change') as typeof import('./plan/plan-change');
    return planChange(source, described.value, change, reader);
  },

  locate(source, reader) {
    const described = describe(source);
    if (!described.ok) return described;
    const { locate } = require('./plan/locate') as typeof import('./plan/locate');
    return locate(source, described.value, templateOf(source, reader), reader);
  },

  // Local packages stand in `cabal.project`, which is not part of an sdist: nothing here points outside.
  publishable: () => ok([]),

  lacking: (source) =>
    (require('./demanded-fields') as typeof import('./demanded-fields')).lackingFields(source),
};

function meaning(source: Source, description: Description, reader: Reader): Result<Manifest> {
  const problems = [...factProblems(source, description), ...rangeProblems(source, description)];
  const { name, version, candidate } = description;
  if (!name || !version || problems.length > 0) return fail(...problems);
  const template = templateOf(source, reader);
  const reason = privateReason(source, description);
  return ok({
    ecosystem: 'hackage',
    file: source.file,
    name: name.value,
    version: {
      value: spellNative(version.value, candidate?.value),
      file: template ?? source.file,
      via: 'version',
    },
    ...(reason === undefined ? {} : { private: reason }),
    dependencies: description.dependencies.map(dependencyOf),
    embeds: [],
    inputs: template === undefined ? [] : [template],
  });
}

function dependencyOf(found: FoundDependency): Dependency {
  return {
    name: found.name,
    kind: found.kind,
    section: found.section,
    requirement: found.range?.text.replace(/\s+/g, ' ') ?? null,
  };
}

function factProblems(source: Source, description: Description): ForgeError[] {
  const problems: ForgeError[] = [];
  const { name, version, candidate, elements } = description;
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
  const [first, second] = topFields(elements, candidateField);
  if (first && second)
    problems.push(unusable(source, `\`${candidateField}\` stands there twice`, second));
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
  return new ForgeError('FORGE-M006', { what, ...locatedSpan(source, at) });
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
