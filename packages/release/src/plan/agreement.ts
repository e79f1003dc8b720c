import { codeFrame, ForgeError, placeAtByte, type Reader } from '@forge/ecosystems';
import type { WorkspaceModel } from '../graph/model';
import { directoryOf, isIn } from '../graph/paths';
import { presentVersions } from './present-versions';
import type { PlannedEdit } from './release-plan';
import { createReleasePlanner, type PlannerOptions } from './release-planner';

/** What disagrees, by the root of the project that it belongs to; `.` has what belongs to none. */
export type Disagreements = ReadonlyMap<string, readonly ForgeError[]>;

/**
 * Every place that says something else than the workspace as a whole (FORGE-G008): versions, requirements on
 * packages of the workspace, own entries of lock files, followers. A release of the versions that are there
 * already has nothing to change; what it would change, disagrees.
 */
export function disagreements(
  model: WorkspaceModel,
  reader: Reader,
  options: Omit<PlannerOptions, 'requirements'>,
): Disagreements {
  const planner = createReleasePlanner(model, reader, { ...options, requirements: 'violated' });
  const present = presentVersions(model, options.groups ?? new Map(), options.followers);
  for (const [project, version] of present)
    planner.setVersion(project, version, { kind: 'asked', text: 'the version it is at' });
  const settled = planner.settle();
  const problems = settled.ok
    ? settled.value.plan.edits.map((edit) => ({ ...edit, problem: disagreement(edit, reader) }))
    : settled.problems.map((problem) => ({ file: problem.where?.file ?? '.', problem }));
  const found = new Map<string, ForgeError[]>();
  const ownerOf = ownership(model);
  for (const { problem, ...at } of problems) {
    const root = ownerOf(at);
    found.set(root, [...(found.get(root) ?? []), problem]);
  }
  return found;
}

function disagreement(edit: PlannedEdit, reader: Reader): ForgeError {
  const { file, expect, newText, why } = edit;
  const says = expect === '' ? 'lacks' : `says \`${expect}\` instead of`;
  const source = reader.read(file);
  const where = {
    file,
    ...(source && placeAtByte(source, edit.start)),
    length: expect.length || 1,
  };
  return new ForgeError('FORGE-G008', {
    what: `\`${file}\` ${says} \`${newText}\`: ${why}`,
    where,
    ...(source ? { frame: codeFrame(source, where) } : {}),
    fix: `write \`${newText}\` there, or correct what it should agree with`,
  });
}

function ownership({ projects, packages }: WorkspaceModel) {
  const roots = [...projects.keys()].sort((a, b) => b.length - a.length);
  const byManifest = new Map(packages.map(({ manifest, root }) => [manifest.file, root]));
  return ({ file, manifest }: { readonly file: string; readonly manifest?: string }): string =>
    byManifest.get(manifest ?? file) ?? roots.find((root) => isIn(root, directoryOf(file))) ?? '.';
}
