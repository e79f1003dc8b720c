import {
  isShallow,
  listCommits,
  listCommitsOf,
  listLinks,
  listPathsSince,
  listTags,
  readObjects,
  resolveCommit,
  type Commit,
} from './git';

export type { Commit };

export interface Tag {
  readonly name: string;
  readonly commit: string;
}

/**
 * What git knows of how a workspace came to be. Every answer is about commits, none about the working tree;
 * paths are workspace-relative.
 */
export interface History {
  /** Hash of the commit that a ref means; undefined for what means none. */
  resolve(ref: string): Promise<string | undefined>;
  /** True when older commits are not in this clone. */
  isShallow(): Promise<boolean>;
  /** Tags of HEAD and its ancestors. */
  tags(): Promise<readonly Tag[]>;
  /** Paths whose content differs between the commit and HEAD. */
  pathsSince(commit: string): Promise<readonly string[]>;
  /** Commits of HEAD that `since` does not have, newest first; all without it. */
  commits(since?: string): Promise<readonly Commit[]>;
  /** Hashes of the commits that touched one of the files, newest first. */
  commitsOf(files: readonly string[]): Promise<readonly string[]>;
  /** The files as they were at the commits, in the order of the questions; undefined for what was not there. */
  read(
    questions: readonly { readonly commit: string; readonly path: string }[],
  ): Promise<readonly (Uint8Array | undefined)[]>;
  /** Tracked symbolic links and what stands in them. */
  links(): Promise<readonly { readonly path: string; readonly target: string }[]>;
}

/** The history of the repository around `root`; the same question is asked once. */
export function gitHistory(root: string): History {
  const known = new Map<string, Promise<unknown>>();
  function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const answer = known.get(key) ?? ask();
    known.set(key, answer);
    return answer as Promise<T>;
  }
  return {
    resolve: (ref) => once(`resolve ${ref}`, () => resolveCommit(root, ref)),
    isShallow: () => once('shallow', () => isShallow(root)),
    tags: () => once('tags', () => listTags(root)),
    pathsSince: (commit) => once(`paths ${commit}`, () => listPathsSince(root, commit)),
    commits: (since) => once(`commits ${since ?? ''}`, () => listCommits(root, since)),
    commitsOf: (files) => once(`commits of ${files.join('\0')}`, () => listCommitsOf(root, files)),
    read: (questions) =>
      readObjects(
        root,
        questions.map(({ commit, path }) => `${commit}:./${path}`),
      ),
    links: () => once('links', () => listLinks(root)),
  };
}
