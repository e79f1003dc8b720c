import { posix } from 'node:path';
import { isObject, type JsonObject } from './package-json';

/**
 * Files that a `package.json` says the package has: `main`, `bin`, `types` and the plain targets of `exports`.
 * Relative to the package. A package without them installs and then fails at the first `require`.
 */
function promisedFiles(json: JsonObject): string[] {
  const bin = isObject(json['bin']) ? Object.values(json['bin']) : [json['bin']];
  const named = [json['main'], json['types'], ...bin, ...exportTargets(json['exports'])];
  return named
    .filter((each): each is string => typeof each === 'string' && !each.includes('*'))
    .map((each) => posix.normalize(each.replace(/^\.?\/+/, '')));
}

function exportTargets(exports: unknown): unknown[] {
  if (!isObject(exports)) return [exports];
  return Object.values(exports).flatMap(exportTargets);
}

/** What is promised and not there. Node resolves a name without an ending, and a directory by its index. */
export function lackingFiles(json: JsonObject, exists: (file: string) => boolean): string[] {
  const found = (file: string): boolean =>
    ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node'].some((ending) =>
      exists(file.replace(/\/$/, '') + ending),
    );
  return [...new Set(promisedFiles(json).filter((file) => !found(file)))];
}

/** True when packing alone leaves promised files out, but a `build` script is there that no hook of npm runs. */
export function needsBuild(json: JsonObject, exists: (file: string) => boolean): boolean {
  const scripts = isObject(json['scripts']) ? json['scripts'] : {};
  const builds = typeof scripts['build'] === 'string';
  const hooked = ['prepack', 'prepare'].some((name) => typeof scripts[name] === 'string');
  return builds && !hooked && lackingFiles(json, exists).length > 0;
}
