import { ForgeError } from '@forge/ecosystems';
import { loadExeca } from './execa';

/** Workspace-relative paths of all files that git does not ignore, tracked or not, sorted. */
export async function listWorkspaceFiles(root: string): Promise<string[]> {
  const output = await git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  return [...new Set(output.split('\0').filter(Boolean))].sort();
}

/** Paths that differ from HEAD, untracked ones included; empty for a clean tree. */
export async function listChangedFiles(root: string): Promise<string[]> {
  const output = await git(root, [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--no-renames',
  ]);
  return output
    .split('\0')
    .filter(Boolean)
    .map((line) => line.slice(3));
}

/** The hash of the commit that a branch, tag or hash means; undefined for what means none. */
export async function resolveCommit(root: string, ref: string): Promise<string | undefined> {
  if (ref.startsWith('-')) return undefined;
  const args = ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`];
  const result = await loadExeca()('git', args, { cwd: root, reject: false, stdin: 'ignore' });
  return result.exitCode === 0 ? result.stdout.trim() : undefined;
}

/** True when the clone holds only the latest commits. */
export async function isShallow(root: string): Promise<boolean> {
  return (await git(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
}

/** Tags of HEAD and its ancestors, with the commits that they stand on. */
export async function listTags(root: string): Promise<{ name: string; commit: string }[]> {
  const format = '%(refname:strip=2)%00%(objectname)%00%(*objectname)';
  const output = await git(root, ['tag', '--merged', 'HEAD', `--format=${format}`]);
  return lines(output).map((line) => {
    const [name = '', object = '', commit = ''] = line.split('\0');
    return { name, commit: commit || object };
  });
}

/** Paths whose content differs between a commit and HEAD; a renamed file is two paths. */
export async function listPathsSince(root: string, commit: string): Promise<string[]> {
  const args = ['diff', '--name-only', '-z', '--no-renames', '--relative', commit, 'HEAD'];
  return (await git(root, args)).split('\0').filter(Boolean);
}

/** Hashes of the commits that touched one of the files, newest first. */
export async function listCommitsOf(root: string, files: readonly string[]): Promise<string[]> {
  return lines(await git(root, ['log', '--format=%H', 'HEAD', '--', ...files]));
}

export interface Commit {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
  /** Workspace-relative; none for a merge, whose commits stand for themselves. */
  readonly paths: readonly string[];
}

/** Commits of HEAD that `since` does not have, newest first; all of them without `since`. */
export async function listCommits(root: string, since?: string): Promise<Commit[]> {
  const format = '--format=%x01%H%x02%s%x02%b%x02';
  const range = since === undefined ? 'HEAD' : `${since}..HEAD`;
  const output = await git(root, [
    ...['log', format, '--name-only', '--no-renames', '--relative', '-z', range],
  ]);
  return output
    .split('\x01')
    .slice(1)
    .map((entry) => {
      const [hash = '', subject = '', body = '', names = ''] = entry.split('\x02');
      const paths = names.split('\0').map((name) => name.replace(/^\n/, ''));
      return { hash, subject, body: body.trim(), paths: paths.filter(Boolean) };
    });
}

/** Symbolic links that git tracks, and what stands in them. */
export async function listLinks(root: string): Promise<{ path: string; target: string }[]> {
  const output = await git(root, ['ls-files', '-z', '--stage']);
  const links = output.split('\0').flatMap((entry) => {
    const [, hash, path] = /^120000 (\S+) \d\t(.*)$/s.exec(entry) ?? [];
    return hash !== undefined && path !== undefined ? [{ hash, path }] : [];
  });
  const targets = await readObjects(
    root,
    links.map(({ hash }) => hash),
  );
  return links.map(({ path }, at) => ({ path, target: String(targets[at] ?? '') }));
}

/** Contents of objects by name (`<commit>:./<path>`), in one process; undefined for what is not there. */
export async function readObjects(
  root: string,
  names: readonly string[],
): Promise<(Uint8Array | undefined)[]> {
  // A name ends with its line.
  const asked = names.map((name) => (name.includes('\n') ? '' : name));
  if (asked.length === 0) return [];
  const result = await loadExeca()('git', ['cat-file', '--batch'], {
    cwd: root,
    input: `${asked.join('\n')}\n`,
    encoding: 'buffer',
    maxBuffer: 1024 * 1024 * 1024,
    stripFinalNewline: false,
  });
  return asked.map(objectsOf(Buffer.from(result.stdout)));
}

/** Takes one answer of `cat-file --batch` after the other: `<hash> <type> <size>`, the bytes, a line end. */
function objectsOf(output: Buffer): () => Uint8Array | undefined {
  let at = 0;
  return () => {
    const end = output.indexOf('\n', at);
    const size = / \w+ (\d+)$/.exec(output.toString('utf8', at, end))?.[1];
    if (size === undefined) {
      at = end + 1;
      return undefined;
    }
    const start = end + 1;
    at = start + Number(size) + 1;
    return output.subarray(start, start + Number(size));
  };
}

function lines(output: string): string[] {
  return output.split('\n').filter(Boolean);
}

async function git(root: string, args: readonly string[]): Promise<string> {
  const result = await loadExeca()('git', [...args], {
    cwd: root,
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
  });
  if (result.exitCode !== 0)
    throw new ForgeError('FORGE-A002', {
      what: `\`git ${args[0]}\` fails in \`${root}\`: ${result.stderr.trim() || result.shortMessage}`,
      fix: 'run inside a git repository',
    });
  return result.stdout;
}
