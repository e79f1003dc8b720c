import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';

/**
 * Absolute path of what a file of the workspace really is. FORGE-M027 for a link that leads out of the workspace,
 * FORGE-M009 for what is not there.
 */
export function realPlaceOf(root: string, file: string): Result<string> {
  try {
    const path = realpathSync(join(root, file));
    return isBelow(realpathSync(root), path) ? ok(path) : fail(outside(file));
  } catch {
    // A dangling link, or nothing at all.
    return fail(new ForgeError('FORGE-M009', { what: `\`${file}\` is gone`, where: { file } }));
  }
}

/** FORGE-M027 for every file that is a link out of the workspace. What is not there, or not yet, leads nowhere. */
export function linksOutside(root: string, files: Iterable<string>): readonly ForgeError[] {
  const real = realpathOf(root) ?? root;
  return [...files].flatMap((file) => {
    const path = realpathOf(join(root, file));
    return path === undefined || isBelow(real, path) ? [] : [outside(file)];
  });
}

/** Asked of the system in one call: Node 20's own way looks at each directory by itself. Undefined for nothing. */
function realpathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    // A dangling link, or nothing at all.
    return undefined;
  }
}

/** A name may begin with two dots as well. */
function isBelow(directory: string, path: string): boolean {
  const inside = relative(directory, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function outside(file: string): ForgeError {
  const what = `\`${file}\` is a link to a file outside of the workspace`;
  return new ForgeError('FORGE-M027', { what, where: { file } });
}
