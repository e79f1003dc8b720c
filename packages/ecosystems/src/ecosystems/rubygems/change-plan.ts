import { ForgeError } from '../../errors';
import {
  all,
  fail,
  ok,
  type Edit,
  type ManifestChange,
  type RequirementChange,
  type Result,
  type Source,
} from '../../model';
import { located } from '../../text';
import { editLiteral } from './ruby/literal-edit';
import { textOffset, type Location } from './ruby/prism';
import type { SpecDependency, Specification } from './gemspec';
import { rewriteClauses } from './requirement';
import { literalKey, onlyLiteral, render, type LiteralEdits, type Value } from './ruby/value';
import { spellVersion, versionLiterals } from './version-literals';

/** The edits of literals that make a specification say what is asked, or every reason why it cannot. */
export function planChange(
  source: Source,
  specification: Specification,
  change: ManifestChange,
): Result<readonly Edit[]> {
  const version = planVersion(source, specification, change.version);
  const texts: LiteralEdits = version.ok ? version.value.texts : new Map();
  const own = ownLiterals(specification);
  const requirements = (change.requirements ?? []).flatMap((asked) =>
    specification.dependencies
      .filter(({ name }) => render(name) === asked.name)
      .map((dependency) => planRequirement(source, dependency, asked, { texts, own })),
  );
  const edits = version.ok ? ok(version.value.edits) : version;
  const planned = all([edits, ...requirements]);
  return planned.ok ? ok(planned.value.flat()) : planned;
}

interface VersionPlan {
  readonly texts: LiteralEdits;
  readonly edits: readonly Edit[];
}

function planVersion(
  source: Source,
  { attributes }: Specification,
  version: string | undefined,
): Result<VersionPlan> {
  const attribute = attributes.get('version');
  const current = render(attribute?.value);
  if (version === undefined || !attribute || current === version)
    return ok({ texts: new Map(), edits: [] });
  const literals = versionLiterals(attribute.value) ?? [];
  const texts = literals.length > 0 ? spellVersion(literals, version) : null;
  if (!texts) return refuse('FORGE-M007', source, attribute.place, `set to \`${version}\``);
  const changed = literals.filter((each) => texts.get(literalKey(each)) !== currentText(each));
  const reason = `version ${current ?? ''} → ${version}`;
  const edits = changed.map((each) =>
    editLiteral(each, texts.get(literalKey(each)) ?? null, reason),
  );
  return edits.every((edit) => edit !== undefined)
    ? ok({ texts, edits })
    : refuse('FORGE-M007', source, attribute.place, `set to \`${version}\``);
}

function currentText({ kind, text }: { kind: string; text: string }): string | null {
  return kind === 'nil' ? null : text;
}

/**
 * Only the strings that fail change. A requirement that follows the gem's own version is looked at as it
 * will read after the version is edited, and is left alone when that is enough.
 */
function planRequirement(
  source: Source,
  { name, requirements, place, shared }: SpecDependency,
  { version, policy }: RequirementChange,
  { texts, own }: { texts: LiteralEdits; own: ReadonlySet<string> },
): Result<readonly Edit[]> {
  const clauses = requirements.map((value) => render(value, texts));
  if (clauses.length === 0) return ok([]);
  const computed = clauses.indexOf(null);
  const wish = `made to accept \`${render(name)} ${version}\``;
  if (computed >= 0)
    return refuse('FORGE-M008', source, placeOf(requirements[computed], place), wish);
  const rewritten = rewriteClauses(clauses as string[], version, policy);
  if (!rewritten.ok) return fail(...rewritten.problems.map((each) => framed(each, source, place)));
  const edits = rewritten.value.flatMap((text, index) => {
    if (text === clauses[index]) return [];
    const literal = shared ? undefined : onlyLiteral(requirements[index]);
    const free = literal && !own.has(literalKey(literal)) ? literal : undefined;
    return [free && editLiteral(free, text, `${render(name)} ${clauses[index]} → ${text}`)];
  });
  return edits.every((edit) => edit !== undefined)
    ? ok(edits)
    : refuse('FORGE-M008', source, place, wish);
}

/** The literals of the own version: they serve a requirement too, but are not edited for one. */
function ownLiterals({ attributes }: Specification): ReadonlySet<string> {
  const version = attributes.get('version')?.value;
  return new Set((version && versionLiterals(version))?.map(literalKey) ?? []);
}

function placeOf(value: Value | undefined, otherwise: Location): Location {
  return value?.kind === 'unknown' ? value.place : otherwise;
}

function refuse(
  code: 'FORGE-M007' | 'FORGE-M008',
  source: Source,
  place: Location,
  wish: string,
): Result<never> {
  const subject = code === 'FORGE-M007' ? 'version' : 'requirement';
  const what = `the ${subject} in \`${source.file}\` is not a plain literal and cannot be ${wish}`;
  return fail(new ForgeError(code, { what, ...frame(source, place) }));
}

/** The same problem with the place at which the dependency stands. */
function framed(problem: ForgeError, source: Source, place: Location): ForgeError {
  return new ForgeError(problem.code, { what: problem.what, ...frame(source, place) });
}

function frame(source: Source, { startOffset, length }: Location): ReturnType<typeof located> {
  const start = textOffset(source, startOffset);
  return located(source, start, textOffset(source, startOffset + length) - start);
}
