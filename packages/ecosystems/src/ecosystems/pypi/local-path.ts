import { posix } from 'node:path';

/** A path written in a manifest, as a workspace-relative path; undefined for one that leaves the workspace. */
export function localPath(directory: string, written: string): string | undefined {
  if (posix.isAbsolute(written)) return undefined;
  const path = posix.join(directory, written.replaceAll('\\', '/')).replace(/(?<=.)\/$/, '');
  return path === '..' || path.startsWith('../') ? undefined : path;
}

/** The directory of a manifest; `.` for the root. */
export function directoryOf(file: string): string {
  return posix.dirname(file);
}

/**
 * The path in a `file:` reference of PEP 508. Standards allow absolute ones only; relative ones are written
 * as pip takes them (`file:../core`), as hatch does (`{root:uri}/../core`), or as pdm does (`file:///${PROJECT_ROOT}/../core`).
 */
export function pathOfUrl(url: string): string | undefined {
  const found = /^(?:\{root:uri\}\/|file:\/\/\/\$\{PROJECT_ROOT\}\/|file:(?!\/))(.+)$/.exec(url);
  return found?.[1]?.replace(/#.*$/, '');
}
