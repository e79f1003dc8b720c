import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type RequirementChange,
  type Result,
  type Source,
} from '../../model';
import { editAt, jsonSpans, located, parseJsonText, type JsonSpan } from '../../text';
import { findCatalogs } from './catalog';
import { dependencyTables } from './package-json';
import { requirement } from './requirement';
import { parseSpecifier, type RangeSpecifier } from './specifier';

export function planEdits(
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const parsed = parseJsonText(source);
  if (!parsed.ok) return parsed;
  const spans = jsonSpans(source);
  const edits: Edit[] = [];
  const problems: ForgeError[] = [];
  const collect = (result: Result<Edit | undefined>): void => {
    if (!result.ok) problems.push(...result.problems);
    else if (result.value) edits.push(result.value);
  };
  if (change.version !== undefined)
    collect(setVersion(source, spans.find(['version']), change.version));
  for (const { key: section } of dependencyTables)
    for (const { key, span } of spans.members([section]))
      for (const wanted of change.requirements ?? [])
        collect(setRequirement(source, key, span, wanted, reader));
  return problems.length > 0 ? fail(...problems) : ok(edits);
}

function setVersion(
  source: Source,
  span: JsonSpan | undefined,
  version: string,
): Result<Edit | undefined> {
  if (typeof span?.value !== 'string')
    return fail(
      new ForgeError('FORGE-M005', {
        what: `\`${source.file}\` has no \`version\` to set`,
        ...located(source, span?.start ?? source.text.indexOf('{')),
      }),
    );
  if (span.value === version) return ok(undefined);
  const reason = `version ${span.value} → ${version}`;
  return ok(editAt(source, span.contentStart, span.contentEnd, version, reason));
}

/** The edit of one entry of a table, if it is about the wanted package and has a range to change. */
function setRequirement(
  source: Source,
  key: string,
  span: JsonSpan,
  wanted: RequirementChange,
  reader: Reader,
): Result<Edit | undefined> {
  if (typeof span.value !== 'string') return ok(undefined);
  const specifier = parseSpecifier(span.value);
  if (specifier.kind === 'range')
    return setRange(
      { source, key, raw: span.value, specifier, start: span.contentStart, end: span.contentEnd },
      wanted,
    );
  const catalogs = specifier.kind === 'catalog' ? findCatalogs(source.file, reader) : undefined;
  const entry = specifier.kind === 'catalog' && catalogs?.find(specifier.catalog, key);
  if (!catalogs || !entry) return ok(undefined);
  const inCatalog = parseSpecifier(entry.value);
  if (inCatalog.kind !== 'range') return ok(undefined);
  const { value: raw, start, end } = entry;
  return setRange({ source: catalogs.source, key, raw, specifier: inCatalog, start, end }, wanted);
}

interface Place {
  readonly source: Source;
  readonly key: string;
  readonly raw: string;
  readonly specifier: RangeSpecifier;
  readonly start: number;
  readonly end: number;
}

function setRange(place: Place, wanted: RequirementChange): Result<Edit | undefined> {
  const { source, key, raw, specifier, start, end } = place;
  if ((specifier.target ?? key) !== wanted.name) return ok(undefined);
  const rewritten = requirement.rewrite(raw, wanted.version, wanted.policy);
  if (!rewritten.ok) return fail(...rewritten.problems.map((problem) => at(place, problem)));
  if (rewritten.value === raw) return ok(undefined);
  const reason = `${wanted.name} ${raw} → ${rewritten.value}`;
  // Only the range is replaced, so that a protocol stays as it is; with escapes in it the whole text is.
  const verbatim = source.text.slice(start, end) === raw;
  const from = verbatim ? specifier.at : 0;
  return ok(editAt(source, start + from, end, rewritten.value.slice(from), reason));
}

function at({ source, start, end }: Place, problem: ForgeError): ForgeError {
  return new ForgeError(problem.code, {
    what: problem.what,
    fix: problem.fix,
    ...located(source, start, end - start),
  });
}
