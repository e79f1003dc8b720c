import { userInfo } from 'node:os';
import type { Environment } from '@forge/ecosystems';
import { askGit } from './ask-git';

/** Who started something, by a name that is no address and no secret. */
export interface Actor {
  readonly name: string;
  /** What says so: the variable of a CI system, `git` (its `user.name`), or `machine`. */
  readonly via: string;
}

/** Where a name can be had. */
export interface ActorPorts {
  readonly env: Environment;
  /** `user.name` of git, as it holds in the repository. */
  gitName(): Promise<string | undefined>;
  /** The name of the account that this process runs under. */
  account(): string | undefined;
}

/**
 * Where CI systems say who started a run; the first that is set counts. GitHub's two differ when somebody else runs a
 * job again; Gitea and Forgejo set the second as well. Then GitLab, Azure Pipelines, Buildkite, CircleCI, Jenkins (by
 * its plugin `build-user-vars`), and Bitbucket, which has no name but an id.
 */
const variables = [
  'GITHUB_TRIGGERING_ACTOR',
  'GITHUB_ACTOR',
  'GITLAB_USER_LOGIN',
  'BUILD_REQUESTEDFOR',
  'BUILDKITE_BUILD_CREATOR',
  'CIRCLE_USERNAME',
  'BUILD_USER_ID',
  'BITBUCKET_STEP_TRIGGERER_UUID',
] as const;

/** Undefined where nobody has a name, as in a container of an account without one. */
export async function findActor(
  root: string,
  { env, gitName, account }: ActorPorts = actorPorts(root),
): Promise<Actor | undefined> {
  for (const variable of variables) {
    const name = nameIn(env[variable]);
    if (name !== undefined) return { name, via: variable };
  }
  const ofGit = nameIn(await gitName());
  if (ofGit !== undefined) return { name: ofGit, via: 'git' };
  const ofMachine = nameIn(account());
  return ofMachine === undefined ? undefined : { name: ofMachine, via: 'machine' };
}

const longest = 100;

/** One line. Some people have their e-mail address for a name: the next source is asked then. */
function nameIn(text: string | undefined): string | undefined {
  const name = text?.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  if (!name || /\S@\S/.test(name)) return undefined;
  return name.slice(0, longest);
}

function actorPorts(root: string): ActorPorts {
  return {
    env: process.env,
    gitName: () => askGit(root, ['config', 'user.name']),
    account,
  };
}

function account(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // An account may have no name, as those that container platforms make up: then nobody is named.
    return undefined;
  }
}
