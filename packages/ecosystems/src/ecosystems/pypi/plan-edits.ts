import { ForgeError } from '../../errors';
import {
  all,
  fail,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type RequirementChange,
  type Result,
  type Source,
} from '../../model';
import { editAt, located, tomlSpans, type TomlPath, type TomlSpans } from '../../text';
import type { Declared } from './dependencies';
import { normalizeName } from './names';
import { readProject, type PyProject } from './read-manifest';
import { requirement } from './requirement';
import type { VersionSpot } from './version-source';
import { versions } from './versions';

/** The spans that make a project say what `change` asks; nothing for what it says already. */
export function planEdits(
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const read = readProject(source, reader);
  if (!read.ok) return read;
  if (read.value === null) return ok([]);
  const project = read.value;
  const spans = tomlSpans(source);
  const planned = all([
    ...(change.version === undefined ? [] : [versionEdits(project, change.version)]),
    ...(change.requirements ?? []).map((asked) => requirementEdits(project, spans, asked)),
  ]);
  return planned.ok ? ok(planned.value.flat()) : planned;
}

function versionEdits({ version, source }: PyProject, to: string): Result<readonly Edit[]> {
  const { fact, spots } = version;
  if (fact.fixed !== undefined) {
    const what = `the version of \`${source.file}\` cannot be set to \`${to}\`: ${fact.fixed}`;
    return fail(new ForgeError('FORGE-M007', { what, where: { file: fact.file } }));
  }
  const edits = all(spots.map((spot) => spotEdits(spot, to)));
  return edits.ok ? ok(edits.value.flat()) : edits;
}

function spotEdits(spot: VersionSpot, native: string): Result<readonly Edit[]> {
  const { source } = spot;
  if (spot.kind === 'text') return ok(replaceText(source, spot.start, spot.end, native, 'version'));
  const to = spot.isCrate ? versions.toCanonical(native) : ok(native);
  if (!to.ok) return to;
  return replaceString(source, tomlSpans(source), spot.path, undefined, to.value, 'version');
}

function requirementEdits(
  { source, declarations }: PyProject,
  spans: TomlSpans,
  asked: RequirementChange,
): Result<readonly Edit[]> {
  const name = normalizeName(asked.name);
  const edits = all(
    declarations.declared
      .filter(({ dependency }) => normalizeName(dependency.name) === name)
      .map((declared) => requirementEdit(source, spans, declared, asked)),
  );
  return edits.ok ? ok(edits.value.flat()) : edits;
}

function requirementEdit(
  source: Source,
  spans: TomlSpans,
  { dependency, at, requirement: part }: Declared,
  { version, policy }: RequirementChange,
): Result<readonly Edit[]> {
  if (dependency.requirement === null || !part) return ok([]);
  const rewritten = requirement.rewrite(dependency.requirement, version, policy);
  if (rewritten.ok) return replaceString(source, spans, at, part, rewritten.value, dependency.name);
  return fail(...rewritten.problems.map((problem) => placed(source, spans, at, problem)));
}

/** Replaces the content of a TOML string, or a part of it, within its quotes. */
function replaceString(
  source: Source,
  spans: TomlSpans,
  path: TomlPath,
  part: { readonly start: number; readonly end: number } | undefined,
  to: string,
  subject: string,
): Result<readonly Edit[]> {
  const span = spans.find(path);
  const content = span && source.text.slice(span.contentStart, span.contentEnd);
  if (!span || span.value === undefined || content !== span.value) {
    const what = `\`${path.join('.')}\` holds escapes and cannot be edited in place`;
    return fail(placed(source, spans, path, new ForgeError('FORGE-M008', { what })));
  }
  const { start, end } = part ?? { start: 0, end: content.length };
  const from = span.contentStart;
  return ok(replaceText(source, from + start, from + end, to, subject));
}

function replaceText(
  source: Source,
  start: number,
  end: number,
  to: string,
  subject: string,
): readonly Edit[] {
  const from = source.text.slice(start, end);
  return from === to ? [] : [editAt(source, start, end, to, `${subject} ${from} → ${to}`)];
}

function placed(source: Source, spans: TomlSpans, path: TomlPath, problem: ForgeError): ForgeError {
  const span = spans.find(path);
  const { code, what, fix } = problem;
  if (!span) return new ForgeError(code, { what, fix, where: { file: source.file } });
  return new ForgeError(code, { what, fix, ...located(source, span.start, span.end - span.start) });
}
