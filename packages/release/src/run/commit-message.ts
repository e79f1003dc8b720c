import { groupsOf, releasedIn, type NxReleaseGroup, type NxVersions } from './nx-release';

const nxDefault = 'chore(release): publish {version}';

/**
 * The message of the commit, as `nx release` would write it: one fixed group gives its version to the title; several
 * groups or independent projects are listed below a title without one.
 */
export function commitMessage(versions: NxVersions, pattern: string = nxDefault): string {
  const groups = groupsOf(versions);
  const only = groups.length === 1 ? groups[0] : undefined;
  const released = only ? releasedIn(only, versions) : [];
  const [first] = released;
  if (first && (only?.projectsRelationship === 'fixed' || released.length === 1))
    return pattern
      .replaceAll('{version}', first.version)
      .replaceAll('{projectName}', first.project)
      .trim();
  const title = pattern.replaceAll(/v?\{version\}|\{projectName\}/g, '').trim();
  return [title, '', ...groups.flatMap((group) => linesOf(group, versions))].join('\n');
}

function linesOf(group: NxReleaseGroup, versions: NxVersions): string[] {
  const released = releasedIn(group, versions);
  if (group.projectsRelationship === 'independent')
    return released.map(({ project, version }) => `- project: ${project} ${version}`);
  return released.slice(0, 1).map(({ version }) => `- release-group: ${group.name} ${version}`);
}
