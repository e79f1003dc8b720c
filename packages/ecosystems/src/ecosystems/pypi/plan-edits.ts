import { ForgeError } from '../../errors';
import {
  all,
  allFlat,
  fail,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type RequirementChange,
  type Result,
  type Source,
} from '../../model';
import { planLocks, type MovedRequirement } from './lock';
import { normalizeName } from './names';
import { requirementEdit, versionEdit } from './place-edits';
import { placesOf, type ProjectPlaces } from './places';
import { readProject, type PyProject } from './read-manifest';

/**
 * Edits of a project, of the files that hold its version, and of the lock files that list it; nothing for what
 * is so already.
 */
export function planEdits(
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const read = readProject(source, reader);
  if (!read.ok) return read;
  if (read.value === null) return ok([]);
  const project = read.value;
  const places = placesOf(project, reader);
  const versions = versionEdits(project, places, change);
  const moves = all(askedRequirements(project, change).map((each) => moved(places, each)));
  if (!versions.ok || !moves.ok) return all<unknown>([versions, moves]) as Result<never>;
  const edits = [...versions.value, ...moves.value.flat().map(({ edit }) => edit)];
  const locks = planLocks(project, change, { edits, moved: moves.value.flat() }, reader);
  return locks.ok ? ok([...edits, ...locks.value]) : locks;
}

function versionEdits(
  { version, source }: PyProject,
  places: ProjectPlaces,
  { version: to }: ManifestChange,
): Result<readonly Edit[]> {
  if (to === undefined || version.isTag) return ok([]);
  const { fixed, file } = version.fact;
  if (fixed !== undefined) {
    const what = `the version of \`${source.file}\` cannot be set to \`${to}\`: ${fixed}`;
    return fail(new ForgeError('FORGE-M007', { what, where: { file } }));
  }
  return allFlat(places.version.map((place) => versionEdit(place, to)));
}

/** A project that asks for itself (`all = ["core[cli]==1.2.0"]`) asks for the version that it has. */
function askedRequirements(
  { name, version }: PyProject,
  { version: own, requirements = [] }: ManifestChange,
): readonly RequirementChange[] {
  if (own === undefined || version.isTag) return requirements;
  return [...requirements, { name, version: own, policy: 'violated' }];
}

interface Move extends MovedRequirement {
  readonly edit: Edit;
}

function moved(
  { requirements, own }: ProjectPlaces,
  asked: RequirementChange,
): Result<readonly Move[]> {
  const name = normalizeName(asked.name);
  const places = [...requirements, ...own].filter((place) => normalizeName(place.name) === name);
  const edits = all(places.map((place) => requirementEdit(place, asked)));
  if (!edits.ok) return edits;
  return ok(
    edits.value.flat().map((edit) => ({ name, from: edit.expect, to: edit.newText, edit })),
  );
}
