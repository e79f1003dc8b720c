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
import { editAt, located } from '../../text';
import type { DependencyEntry } from './dependency-entry';
import { missing, projectOf, type Project } from './project';
import { requirements } from './requirement';
import { versionPlace } from './version-place';

/** `ManifestFormat.plan`. */
export function plan(
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const read = projectOf(source);
  if (!read.ok) return read;
  const project = read.value;
  if (!project) return ok([]);
  const edits = all([
    planVersion(source, project, change, reader),
    ...(change.requirements ?? []).map((each) => planRequirement(source, project, each)),
  ]);
  return edits.ok ? ok(edits.value.flat()) : edits;
}

function planVersion(
  source: Source,
  project: Project,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  if (change.version === undefined) return ok([]);
  const place = versionPlace(source, project, reader);
  if (!place) return fail(missing(source, project, 'FORGE-M005', '`version:`'));
  if ('computed' in place) return fixedVersion(source, place.computed, place.offset, place.length);
  const { start, end, value, fixed } = place;
  if (value === change.version) return ok([]);
  if (fixed !== undefined) return fixedVersion(place.source, fixed, start, end - start);
  const reason = `version ${value} → ${change.version}`;
  return ok([editAt(place.source, start, end, change.version, reason)]);
}

function fixedVersion(source: Source, why: string, offset: number, length: number): Result<never> {
  const what = `the version cannot be edited: ${why}`;
  return fail(new ForgeError('FORGE-M007', { what, ...located(source, offset, length) }));
}

function planRequirement(
  source: Source,
  project: Project,
  change: RequirementChange,
): Result<readonly Edit[]> {
  const asked = project.dependencies.filter(({ name }) => name === change.name);
  const edits = all(asked.map((entry) => editRequirement(source, entry, change)));
  return edits.ok ? ok(edits.value.flat()) : edits;
}

function editRequirement(
  source: Source,
  { requirement, requirementAt, name }: DependencyEntry,
  change: RequirementChange,
): Result<readonly Edit[]> {
  if (!requirement || !requirementAt) return ok([]);
  if (requirement.from !== 'literal' || requirement.text.form !== 'plain') {
    const what = `the requirement on \`${name}\` cannot be edited: it is not a plain string`;
    const { start, end } = requirementAt;
    return fail(new ForgeError('FORGE-M008', { what, ...located(source, start, end - start) }));
  }
  const { value, content } = requirement.text;
  const rewritten = requirements.rewrite(value, change.version, change.policy);
  if (!rewritten.ok) return placed(rewritten.problems, source, content.start, value.length);
  if (rewritten.value === value) return ok([]);
  const reason = `${name} ${value} → ${rewritten.value}`;
  return ok([editAt(source, content.start, content.end, rewritten.value, reason)]);
}

/** The same problems with the place at which the requirement stands. */
function placed(
  problems: readonly ForgeError[],
  source: Source,
  offset: number,
  length: number,
): Result<never> {
  const where = located(source, offset, length);
  return fail(
    ...problems.map(({ code, what, fix }) => new ForgeError(code, { what, fix, ...where })),
  );
}
