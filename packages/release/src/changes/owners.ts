import { posix } from 'node:path';
import { directoryOf, isIn } from '../graph/paths';

/** A tracked symbolic link: what changes where it points changes here as well. */
export interface Link {
  readonly path: string;
  /** Workspace-relative. */
  readonly target: string;
}

/** Links of git that stay inside the workspace. What they point at need not be there. */
export function localLinks(
  links: readonly { readonly path: string; readonly target: string }[],
): Link[] {
  return links.flatMap(({ path, target }) => {
    const resolved = posix.normalize(posix.join(directoryOf(path), target)).replace(/\/$/, '');
    const isLocal =
      !posix.isAbsolute(target) && resolved !== '.' && !/^\.\.(?:\/|$)/.test(resolved);
    return isLocal ? [{ path, target: resolved }] : [];
  });
}

/** The innermost project directory that holds a path, as Nx gives files to projects. */
export function rootOf(path: string, roots: ReadonlySet<string>): string | undefined {
  for (let at = directoryOf(path); ; at = directoryOf(at)) {
    if (roots.has(at)) return at;
    if (at === '.') return undefined;
  }
}

/** The path itself and the names that it has through links, each with the project directory that holds it. */
export function ownersOf(
  path: string,
  { roots, links }: { readonly roots: ReadonlySet<string>; readonly links: readonly Link[] },
): { readonly root: string; readonly path: string }[] {
  const names = links
    .filter(({ target }) => isIn(target, path))
    .map((link) => link.path + path.slice(link.target.length));
  const owners = [path, ...names].flatMap((name) => {
    const root = rootOf(name, roots);
    return root === undefined ? [] : [{ root, path: name }];
  });
  return owners;
}
