import valid from 'semver/functions/valid';
import { ForgeError } from '@forge/ecosystems';

/**
 * FORGE-V009 for a specifier that Nx 23.1 to 24.0 drops without a word: it takes a leading `v` off SemVer versions
 * only, and then asks for a version, or goes by commits, as if none had been given.
 */
export function droppedSpecifier(specifier: string | undefined): ForgeError | undefined {
  const version = specifier?.replace(/^v/, '');
  if (version === undefined || version === specifier || valid(version)) return undefined;
  return new ForgeError('FORGE-V009', {
    what: `Nx drops the specifier \`${specifier}\`, because it is no SemVer version behind its \`v\``,
    fix: `run \`nx release ${version}\``,
  });
}

/** A release group as Nx will process it, as far as its comparison of versions goes. */
export interface NxGroup {
  readonly name: string;
  readonly isFixed: boolean;
  /** True when versions come from commits or from version plans, and none was found for this group so far. */
  readonly mayStay: boolean;
  /** Nx names of its projects, those first that are processed first. */
  readonly projects: readonly string[];
}

/**
 * FORGE-C009: Nx 23.1 to 24.0 takes `semver.diff` of the versions of a group's first project when a fixed group
 * without a change of its own depends on that group (`getFixedReleaseGroupBumpType`), and dies of `Invalid Version`.
 */
export function uncomparable(
  { project, versions }: { readonly project: string; readonly versions: readonly string[] },
  groupsOf: () => readonly NxGroup[],
  dependenciesOf: (project: string) => readonly string[],
): ForgeError | undefined {
  const odd = versions.find((each) => !valid(each));
  if (odd === undefined) return undefined;
  const groups = groupsOf();
  const own = groups.find(({ projects }) => projects[0] === project);
  if (!own) return undefined;
  const dependent = groups.find(
    ({ name, isFixed, mayStay, projects }) =>
      name !== own.name &&
      isFixed &&
      mayStay &&
      projects.some((each) => dependenciesOf(each).some((to) => own.projects.includes(to))),
  );
  if (!dependent) return undefined;
  return new ForgeError('FORGE-C009', {
    what: `the fixed group \`${dependent.name}\` depends on \`${project}\` (${odd}), whose versions are no SemVer`,
    where: { file: 'nx.json' },
    fix: `set "projectsRelationship": "independent" for \`${dependent.name}\``,
  });
}
