import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * A directory for what can be made again, seen by this user alone; by the XDG base directory specification 0.8.
 * Undefined where none can be made: caches are no reason to fail.
 */
export function userCache(name: string): string | undefined {
  const given = process.env['XDG_CACHE_HOME'] ?? '';
  try {
    const cache = isAbsolute(given) ? given : join(homedir(), '.cache');
    const directory = join(cache, 'forge', name);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return directory;
  } catch {
    return undefined;
  }
}
