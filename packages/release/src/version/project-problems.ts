import { ForgeError } from '@forge/ecosystems';
import { givenSpecifier, versioningCommand } from '../effects/nx-arguments';
import { joinNxRun } from '../effects/nx-run-lock';
import { createWorld } from '../effects/world';
import type { ProjectModel } from '../graph/model';
import { versionedPackages } from '../plan/versioned-packages';
import { droppedSpecifier } from './nx-limits';
import type { VersionSession } from './version-session';

/** Why a project cannot be versioned, whatever version it gets: its manifests, its needs, its group. */
export function projectProblems(
  session: VersionSession,
  { name, packages, broken }: ProjectModel,
): readonly ForgeError[] {
  if (packages.length + broken.length === 0) return [noPackage(name)];
  return [
    ...broken.flatMap((each) => each.problems),
    ...versionedPackages(packages).flatMap((node) => session.problemsOf(node)),
  ];
}

/** What is wrong with the run as a whole: FORGE-V009, FORGE-C006, FORGE-L001, FORGE-L014. */
export function runProblems({ planner, tree }: VersionSession): readonly ForgeError[] {
  const dropped = droppedSpecifier(givenSpecifier());
  return [
    ...(dropped ? [dropped] : []),
    ...planner.followerProblems(),
    ...commandProblems(tree.root),
  ];
}

/** A command of Nx that writes is a release like any other; whoever calls its API has to see to that alone. */
function commandProblems(root: string): readonly ForgeError[] {
  const command = versioningCommand();
  if (command === undefined) return [];
  const { dryRun, now } = createWorld({ dryRun: false });
  if (dryRun) return [latched(command)];
  const joined = joinNxRun(root, command, now);
  return joined.ok ? [] : joined.problems;
}

/** Nx 23.1 to 24.0 lets nobody turn its run into a dry one: what may not be done is not begun. */
function latched(command: string): ForgeError {
  const what = `\`${command}\` would write versions, commit and tag, and the environment allows dry runs only`;
  return new ForgeError('FORGE-L014', { what });
}

export function noPackage(name: string): ForgeError {
  return new ForgeError('FORGE-G003', { what: `\`${name}\` holds no package` });
}
