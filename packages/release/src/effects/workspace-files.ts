import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { listWorkspaceFiles } from './git';

/** Directory of the workspace that a directory belongs to: the nearest above with an nx.json, else with a .git, else itself. */
export function findWorkspaceRoot(directory: string): string {
  const above = ancestors(resolve(directory));
  const marked = (name: string): string | undefined =>
    above.find((each) => existsSync(join(each, name)));
  return marked('nx.json') ?? marked('.git') ?? resolve(directory);
}

function ancestors(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

/** What stands at a path that a user wrote; `file` is workspace-relative with `/`. */
export interface UserPath {
  readonly file: string;
  readonly kind: 'file' | 'directory' | 'nothing' | 'outside';
}

/** `path` is relative to the directory in which the user is. */
export function resolveUserPath(root: string, path: string, from: string): UserPath {
  const absolute = resolve(from, path);
  const file = relative(realOr(root), realParent(absolute)).split(sep).join('/') || '.';
  if (file === '..' || file.startsWith('../')) return { file: path, kind: 'outside' };
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (!stat) return { file, kind: 'nothing' };
  return { file, kind: stat.isDirectory() ? 'directory' : 'file' };
}

/** The same file under its real directory; a link in the workspace keeps its own name. */
function realParent(absolute: string): string {
  return join(realOr(dirname(absolute)), absolute.slice(dirname(absolute).length));
}

function realOr(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** Workspace-relative paths of all files: those that git does not ignore, or simply all where there is no git. */
export async function listFiles(root: string, ignored: readonly string[]): Promise<string[]> {
  const repository = ancestors(resolve(root)).some((each) => existsSync(join(each, '.git')));
  return repository ? listWorkspaceFiles(root) : [...walk(root, '', new Set(ignored))].sort();
}

function* walk(root: string, directory: string, ignored: ReadonlySet<string>): Generator<string> {
  for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    if (!entry.isDirectory()) yield path;
    else if (!ignored.has(entry.name)) yield* walk(root, path, ignored);
  }
}

/** Lines of the standard input. */
export function readInputLines(): string[] {
  return readFileSync(0, 'utf8').split(/\r?\n/).filter(Boolean);
}
