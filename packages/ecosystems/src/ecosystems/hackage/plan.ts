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
import { editAt, located } from '../../text';
import { topField, type Description, type FoundDependency } from './description';
import { parseVersion } from './pvp';
import { requirement } from './requirement';

/** The edits of one `.cabal` file. `generated` is the reason why the file is another tool's output, if it is. */
export function planChange(
  source: Source,
  description: Description,
  change: ManifestChange,
  generated: string | undefined,
): Result<readonly Edit[]> {
  const planned = all([
    planVersion(source, description, change.version),
    ...wantedRequirements(description, change).map(([found, wanted]) =>
      planRequirement(source, found, wanted),
    ),
  ]);
  if (!planned.ok) return planned;
  const edits = planned.value.flat();
  return generated === undefined || edits.length === 0 ? ok(edits) : computed(source, generated);
}

/** Every range on a package that changes; on a new version also what components ask of the package itself. */
function wantedRequirements(
  description: Description,
  change: ManifestChange,
): (readonly [FoundDependency, RequirementChange])[] {
  const byName = new Map((change.requirements ?? []).map((each) => [each.name, each]));
  const others = description.dependencies.flatMap((found) => {
    const wanted = byName.get(found.name);
    return wanted ? [[found, wanted] as const] : [];
  });
  const { version } = change;
  if (version === undefined) return others;
  return [
    ...others,
    ...description.own.map(
      (found) => [found, { name: found.name, version, policy: 'violated' }] as const,
    ),
  ];
}

function planVersion(
  source: Source,
  { version, elements }: Description,
  wanted: string | undefined,
): Result<readonly Edit[]> {
  if (wanted === undefined || version?.value === wanted) return ok([]);
  if (!version) {
    const what = `\`${source.file}\` has no field \`version\``;
    return fail(new ForgeError('FORGE-M005', { what, where: { file: source.file } }));
  }
  const place = located(source, version.start, version.end - version.start);
  if (!parseVersion(wanted)) {
    const what = `\`${wanted}\` cannot be the version of a \`.cabal\` file: it takes digits and dots only`;
    return fail(new ForgeError('FORGE-V002', { what, ...place }));
  }
  const reason = `version ${version.value} → ${wanted}`;
  const edit = editAt(source, version.start, version.end, wanted, reason);
  return ok([edit, ...dropRevision(source, elements)]);
}

/** Revisions count from a release on. Hackage refuses a new version that brings an `x-revision`. */
function dropRevision(source: Source, elements: Description['elements']): Edit[] {
  const field = topField(elements, 'x-revision');
  const last = field?.lines.at(-1);
  if (!field || !last) return [];
  const lineStart = source.text.slice(0, field.start).search(/[^\r\n]*$/);
  const [lineEnd = ''] = /^[ \t]*(\r\n|\n|\r)?/.exec(source.text.slice(last.end)) ?? [];
  return [editAt(source, lineStart, last.end + lineEnd.length, '', 'x-revision starts anew')];
}

function planRequirement(
  source: Source,
  found: FoundDependency,
  wanted: RequirementChange,
): Result<readonly Edit[]> {
  const { range, name } = found;
  // Without a range every version is welcome.
  if (!range) return ok([]);
  const rewritten = requirement.rewrite(range.text, wanted.version, wanted.policy);
  if (!rewritten.ok) return withPlace(source, range, rewritten.problems);
  if (rewritten.value === range.text) return ok([]);
  const { start, end, from, to } = changedPart(range.text, rewritten.value);
  const reason = `${name} ${oneLine(range.text)} → ${oneLine(rewritten.value)}`;
  const edit = editAt(source, range.start + start, range.start + end, to, reason);
  if (edit.expect === from) return ok([edit]);
  const what = `a comment stands inside the range of \`${name}\` that has to change`;
  return fail(
    new ForgeError('FORGE-V004', { what, ...located(source, range.start + start, end - start) }),
  );
}

/**
 * A range on one line is replaced as a whole, so that a plan reads well; one over several lines only from the
 * first to the last version that differs, so that comments between its lines stay.
 */
function changedPart(
  before: string,
  after: string,
): { start: number; end: number; from: string; to: string } {
  const whole = { start: 0, end: before.length, from: before, to: after };
  if (!/\s{2,}/.test(before)) return whole;
  const tokens = /[\d.*]+|[^\d.*]+/g;
  const [old, young] = [before.match(tokens) ?? [], after.match(tokens) ?? []];
  let head = 0;
  while (head < old.length && old[head] === young[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && old.at(-1 - tail) === young.at(-1 - tail)) tail += 1;
  const [from, to] = [old, young].map((each) => each.slice(head, each.length - tail).join(''));
  const start = old.slice(0, head).join('').length;
  return { start, end: start + (from ?? '').length, from: from ?? '', to: to ?? '' };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function withPlace(
  source: Source,
  { start, end }: { readonly start: number; readonly end: number },
  problems: readonly ForgeError[],
): Result<never> {
  const place = located(source, start, end - start);
  return fail(
    ...problems.map(({ code, what, fix }) => new ForgeError(code, { what, fix, ...place })),
  );
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
