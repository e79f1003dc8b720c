import type { Tree } from '@nx/devkit';
import type { releaseVersion } from 'nx/release';
import { fail, ForgeError, ForgeProblems, ok, type Result } from '@forge/ecosystems';
import { captureOutput } from '../effects/captured-output';
import type { Release } from '../plan/settle-release';
import type { Asked } from '../record/planned-release';

export type NxVersions = Awaited<ReturnType<typeof releaseVersion>>;

/** A release group as Nx hands it out; its own declarations lose the type on the way (23.2). */
export interface NxReleaseGroup {
  readonly name: string;
  readonly projects: readonly string[];
  readonly projectsRelationship: 'fixed' | 'independent';
  readonly releaseTag: { readonly pattern: string };
  readonly changelog: false | { readonly file?: string | false; readonly createRelease?: unknown };
  readonly resolvedVersionPlans:
    | false
    | readonly {
        readonly relativePath: string;
        readonly projectVersionBumps?: Readonly<Record<string, string>>;
      }[];
}

export function groupsOf({ releaseGraph }: NxVersions): readonly NxReleaseGroup[] {
  return releaseGraph.releaseGroups as unknown as readonly NxReleaseGroup[];
}

/** Projects of a group that get a version, with it. */
export function releasedIn(
  { projects }: NxReleaseGroup,
  { projectsVersionData }: NxVersions,
): readonly { readonly project: string; readonly version: string }[] {
  return projects.flatMap((project) => {
    const version = projectsVersionData[project]?.newVersion;
    return version ? [{ project, version }] : [];
  });
}

/** What a run of Nx's `releaseVersion` makes of the workspace. */
export interface NxRun {
  readonly versions: NxVersions;
  /** Undefined when nothing is due. */
  readonly release: Release | undefined;
  /** Every file that changes, by whichever `VersionActions`; null for one that is removed. */
  readonly written: readonly { readonly path: string; readonly bytes: Uint8Array | null }[];
}

/** One entry of a changelog, as Nx renders it. */
export interface ChangelogEntry {
  /** Workspace-relative; undefined where no file is kept. */
  readonly file: string | undefined;
  /** As tags say it. */
  readonly version: string;
  readonly tag: string;
  readonly isPrerelease: boolean;
  /** Markdown. */
  readonly contents: string;
  /** The group that it comes from; undefined for the changelog of the workspace. */
  readonly group: NxReleaseGroup | undefined;
}

/** Git is ours: Nx commits before it publishes, and tags what may never be published. */
const withoutGit = {
  gitCommit: false,
  gitTag: false,
  gitPush: false,
  stageChanges: false,
} as const;

/**
 * Has Nx version the workspace that this process has entered. Its own talk is shown only when it fails. What it
 * refuses comes back as problems: ours as they are, Nx's as FORGE-L002.
 */
export async function versionByNx(
  root: string,
  asked: Asked,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Result<NxRun>> {
  // Not before the workspace is entered: Nx looks for its root when it is loaded.
  const nx = require('nx/release') as typeof import('nx/release');
  const { sessionAt } =
    require('../version/version-session') as typeof import('../version/version-session');
  const { outcome, text } = await captureOutput(() =>
    nx.releaseVersion({ ...optionsOf(asked), ...withoutGit, deleteVersionPlans: false, dryRun }),
  );
  if ('error' in outcome) return fail(...problemsOf(outcome.error, text));
  const session = await sessionAt(root);
  if (
    !session &&
    Object.values(outcome.value.projectsVersionData).some(({ newVersion }) => newVersion)
  )
    return fail(strangersOnly());
  return ok({
    versions: outcome.value,
    release: session?.writer.release,
    written: session ? writtenTo(session.tree) : [],
  });
}

/** Has Nx render the entries of all changelogs. Nothing is written. */
export async function changelogByNx(
  asked: Asked,
  { projectsVersionData, workspaceVersion, releaseGraph }: NxVersions,
  workspaceFile: string | undefined,
): Promise<Result<readonly ChangelogEntry[]>> {
  const nx = require('nx/release') as typeof import('nx/release');
  const { outcome, text } = await captureOutput(() =>
    nx.releaseChangelog({
      ...optionsOf(asked),
      ...withoutGit,
      versionData: projectsVersionData,
      ...(workspaceVersion === undefined ? {} : { version: workspaceVersion }),
      releaseGraph,
      createRelease: false,
      deleteVersionPlans: false,
      dryRun: true,
    }),
  );
  if ('error' in outcome) return fail(...problemsOf(outcome.error, text));
  const { workspaceChangelog, projectChangelogs = {} } = outcome.value;
  const workspace = workspaceChangelog
    ? [entryOf(workspaceChangelog, workspaceFile, undefined)]
    : [];
  const projects = Object.entries(projectChangelogs).map(([project, changelog]) => {
    const group = releaseGraph.projectToReleaseGroup.get(project) as NxReleaseGroup | undefined;
    const projectRoot =
      releaseGraph.projectsToVersionActions.get(project)?.projectGraphNode.data.root;
    const file = group?.changelog ? group.changelog.file : undefined;
    return entryOf(changelog, file && pathOf(file, project, projectRoot ?? ''), group);
  });
  return ok([...workspace, ...projects]);
}

function optionsOf({ specifier, preid, projects, groups, firstRelease }: Asked) {
  return {
    ...(specifier === undefined ? {} : { specifier }),
    ...(preid === undefined ? {} : { preid }),
    ...(projects === undefined ? {} : { projects: [...projects] }),
    ...(groups === undefined ? {} : { groups: [...groups] }),
    ...(firstRelease === undefined ? {} : { firstRelease }),
  };
}

function writtenTo(tree: Tree): NxRun['written'] {
  return tree
    .listChanges()
    .map(({ path, type, content }) => ({ path, bytes: type === 'DELETE' ? null : content }));
}

interface RenderedChangelog {
  readonly releaseVersion: {
    readonly rawVersion: string;
    readonly gitTag: string;
    readonly isPrerelease: boolean;
  };
  readonly contents: string;
}

function entryOf(
  { releaseVersion, contents }: RenderedChangelog,
  file: string | false | undefined,
  group: NxReleaseGroup | undefined,
): ChangelogEntry {
  const { rawVersion, gitTag, isPrerelease } = releaseVersion;
  return {
    file: file || undefined,
    ...{ version: rawVersion, tag: gitTag, isPrerelease, contents, group },
  };
}

/** As Nx fills in `{projectRoot}/CHANGELOG.md`; inside its tree the root of the workspace is nothing. */
function pathOf(template: string, projectName: string, projectRoot: string): string {
  const values: Readonly<Record<string, string>> = { projectName, projectRoot, workspaceRoot: '' };
  const path = template.replaceAll(/\{\s*(\w+)\s*\}/g, (_, name: string) => values[name] ?? '');
  return path.replaceAll(/\/+/g, '/').replace(/^\.?\//, '');
}

/** Nx loads `VersionActions` by the configuration of the workspace, which may lead past this very copy. */
function strangersOnly(): ForgeError {
  const what = 'Nx versions the projects without `@forge/release`, or with another copy of it';
  const fix =
    'name `@forge/release` in the plugins of nx.json, and run the `forge-release` of the workspace';
  return new ForgeError('FORGE-L002', { what, fix });
}

function problemsOf(error: unknown, text: string): readonly ForgeError[] {
  if (error instanceof ForgeProblems) return error.problems;
  const message = error instanceof Error ? error.message : String(error);
  // Where two copies of this package are loaded, ours come as foreign errors, rendered already.
  const frame = text.trim().split('\n').slice(-20).join('\n');
  return [new ForgeError('FORGE-L002', { what: `Nx stops: ${message}`, frame })];
}
