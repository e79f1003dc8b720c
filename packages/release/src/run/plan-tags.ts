import { tagName } from '../configuration/tag-name';
import type { ReleasePlan } from '../plan/release-plan';
import type { PlannedTag } from '../record/planned-release';
import { groupsOf, releasedIn, type NxReleaseGroup, type NxVersions } from './nx-release';
import { labelOfPlanned, plannedUploads } from '../plan/planned-units';

/**
 * The tags of a release, as Nx would set them: one for a fixed group, one for each project of an independent one.
 * Each waits for the packages that it stands for.
 */
export function planTags(
  versions: NxVersions,
  plan: ReleasePlan,
  projectNameOf: (nxName: string) => string,
): PlannedTag[] {
  const uploads = plannedUploads(plan);
  const labelsOf = (projects: readonly string[]): string[] => {
    const names = new Set(projects.map(projectNameOf));
    return uploads.filter(({ project }) => names.has(project)).map(labelOfPlanned);
  };
  return groupsOf(versions).flatMap((group) => {
    const released = releasedIn(group, versions);
    const projects = released.map(({ project }) => project);
    if (group.projectsRelationship === 'fixed')
      return released
        .slice(0, 1)
        .map(({ version }) => tagOf(group, group.name, version, labelsOf(projects)));
    return released.map(({ project, version }) =>
      tagOf(group, project, version, labelsOf([project])),
    );
  });
}

function tagOf(
  { name: releaseGroupName, releaseTag }: NxReleaseGroup,
  subject: string,
  version: string,
  packages: readonly string[],
): PlannedTag {
  const values = { version, releaseGroupName, projectName: subject };
  return { name: tagName(releaseTag.pattern, values), version, subject, packages };
}
