import { posix } from 'node:path';
import type { Embed, Reader } from '../../model';
import { resolvePath } from './dependency';
import { isObject, type JsonObject } from './package-json';

const manifest = 'Cargo.toml';
/** Tools that compile a crate into what this package ships; they build the crate beside them unless told otherwise. */
const binaryTools = /\b(?:napi|wasm-pack|cargo|cargo-cp-artifact|neon)\b/;

/** Crates inside this package: as source where `files` ships one, else as the binary that a build tool makes of it. */
export function findEmbeds(file: string, json: JsonObject, reader: Reader): Embed[] {
  const exists = ({ manifest: path }: Embed): boolean =>
    reader.list(posix.dirname(path)).includes(manifest);
  const source = shippedAsSource(file, json).filter(exists);
  const elsewhere = namedInScripts(file, json).filter(exists);
  const binary = elsewhere.length > 0 ? elsewhere : besideIt(file, json).filter(exists);
  const first = new Map([...binary, ...source].map((embed) => [embed.manifest, embed]));
  return [...first.values()];
}

/** `files` names a directory with a crate, or the manifest of one. Patterns count by the directory they start with. */
function shippedAsSource(file: string, json: JsonObject): Embed[] {
  const files = Array.isArray(json['files']) ? json['files'] : [];
  return files.flatMap((entry: unknown) => {
    if (typeof entry !== 'string' || entry.startsWith('!')) return [];
    const path = resolvePath(file, entry.replace(/^\/+/, '').replace(/\/?\*[^]*$/, ''));
    const isManifest = posix.basename(path) === manifest;
    // `files: ["*.node"]` starts in the package itself and says nothing of a crate beside the manifest.
    if (!isManifest && path === posix.dirname(file)) return [];
    const embedded = isManifest ? path : posix.join(path, manifest);
    return [{ manifest: embedded, via: 'files', ships: 'source' as const }];
  });
}

/** Words that point elsewhere: `--manifest-path ../core/Cargo.toml`, `--cargo-cwd ../core`, `wasm-pack build ../core`. */
function namedInScripts(file: string, json: JsonObject): Embed[] {
  return buildScripts(json).flatMap(([name, script]) =>
    script
      .split(/[\s=]+/)
      .map((word) => word.replace(/^["']|["']$/g, ''))
      .filter((word) => posix.basename(word) === manifest || /^\.{1,2}\/./.test(word))
      .map((word) => (posix.basename(word) === manifest ? word : posix.join(word, manifest)))
      .map((path) => binary(resolvePath(file, path), `scripts.${name}`)),
  );
}

function besideIt(file: string, json: JsonObject): Embed[] {
  const keys = ['napi', 'neon'].filter((key) => json[key] !== undefined);
  const evidence = [...keys, ...buildScripts(json).map(([name]) => `scripts.${name}`)];
  return evidence.slice(0, 1).map((via) => binary(resolvePath(file, manifest), via));
}

function buildScripts(json: JsonObject): [name: string, script: string][] {
  const scripts = isObject(json['scripts']) ? Object.entries(json['scripts']) : [];
  return scripts.filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && binaryTools.test(entry[1]),
  );
}

function binary(path: string, via: string): Embed {
  return { manifest: path, via, ships: 'binary' };
}
