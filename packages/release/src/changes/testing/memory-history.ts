import type { Commit, History, Tag } from '../../effects/history';

export interface Step {
  readonly message: string;
  /** Files that the commit writes; null for those that it deletes. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly tags?: readonly string[];
}

/** A history that exists in memory only; the name of a commit is its number. */
export interface MemoryHistory extends History {
  /** The files of the last commit. */
  readonly files: Readonly<Record<string, string>>;
}

interface Point extends Commit {
  readonly files: Readonly<Record<string, string>>;
}

export function memoryHistory(
  steps: readonly Step[],
  {
    links = [],
    shallow = false,
  }: { readonly links?: { path: string; target: string }[]; readonly shallow?: boolean } = {},
): MemoryHistory {
  const points: Point[] = [];
  const tags: Tag[] = [];
  for (const [index, { message, files = {}, tags: names = [] }] of steps.entries()) {
    const before = points.at(-1)?.files ?? {};
    const [subject = '', ...body] = message.split('\n\n');
    const after = { ...before, ...files };
    const now = Object.fromEntries(
      Object.entries(after).filter((entry): entry is [string, string] => entry[1] !== null),
    );
    const paths = changedPaths(before, now);
    points.push({ hash: String(index), subject, body: body.join('\n\n'), paths, files: now });
    for (const name of names) tags.push({ name, commit: String(index) });
  }
  const at = (commit: string): Point | undefined => points[Number(commit)];
  const newestFirst = [...points].reverse();
  const last = points.at(-1)?.files ?? {};
  return {
    files: last,
    resolve: async (ref) => tags.find(({ name }) => name === ref)?.commit ?? at(ref)?.hash,
    isShallow: async () => shallow,
    tags: async () => tags,
    pathsSince: async (commit) => changedPaths(at(commit)?.files ?? {}, last),
    commits: async (since) =>
      newestFirst.filter(({ hash }) => since === undefined || Number(hash) > Number(since)),
    commitsOf: async (files) =>
      newestFirst
        .filter(({ paths }) => paths.some((path) => files.includes(path)))
        .map(({ hash }) => hash),
    read: async (questions) =>
      questions.map(({ commit, path }) => {
        const text = at(commit)?.files[path];
        return text === undefined ? undefined : Buffer.from(text);
      }),
    links: async () => links,
  };
}

function changedPaths(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const all = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...all].filter((path) => before[path] !== after[path]).sort();
}
