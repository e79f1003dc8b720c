import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** A directory where templates are kept. */
export interface TemplatePlace {
  readonly directory: string;
  /** Whether only what this user alone could write there is used, and nobody else sees it. */
  readonly isOurs: boolean;
}

/** The PGlite that is loaded, as files. */
export interface InstalledPglite {
  readonly nodeModules: string;
  readonly version: string;
}

/** `undefined` where it is not found as files, and nothing can be said of its version. */
export function installedPglite(): InstalledPglite | undefined {
  const places = require.resolve.paths('@electric-sql/pglite') ?? [];
  const nodeModules = places.find((place) => existsSync(manifestIn(place)));
  if (nodeModules === undefined) return undefined;
  const manifest = readFileSync(manifestIn(nodeModules), 'utf8');
  return { nodeModules, version: (JSON.parse(manifest) as { readonly version: string }).version };
}

function manifestIn(nodeModules: string): string {
  return path.join(nodeModules, '@electric-sql/pglite/package.json');
}

/**
 * Beside the installed code, so that whoever can change a template could change the code as well; and for code that
 * is installed for many, or cannot be written, where the user keeps what can be made again.
 */
export function templatePlaces({ nodeModules }: InstalledPglite): readonly TemplatePlace[] {
  const beside = path.join(nodeModules, '.cache/forge-registry');
  const cache = userCache();
  return [
    { directory: beside, isOurs: false },
    ...(cache === undefined ? [] : [{ directory: path.join(cache, 'forge'), isOurs: true }]),
  ];
}

/** By the XDG base directory specification 0.8, in which a relative path counts for nothing. */
function userCache(): string | undefined {
  const given = process.env['XDG_CACHE_HOME'] ?? '';
  if (path.isAbsolute(given)) return given;
  const home = process.env['HOME'] ?? homeOfUser();
  return path.isAbsolute(home) ? path.join(home, '.cache') : undefined;
}

/** Empty for a user whom nobody knows, as there are in containers: `homedir` throws for them. */
function homeOfUser(): string {
  try {
    return homedir();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SYSTEM_ERROR') return '';
    throw error;
  }
}
