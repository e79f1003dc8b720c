import { isUtf8 } from 'node:buffer';
import { ForgeError, type ErrorCode } from '../../../errors';
import { all, fail, ok, type Json, type Result, type WireUpload } from '../../../model';
import { readCrate } from './archive';
import { isCrateName, limits } from './crate-rules';
import type { IndexDependency } from './index-file';
import {
  checkFeatures,
  isObject,
  readDependencies,
  textOrNull,
  type JsonObject,
} from './upload-claim';
import { isVersion } from '../version-text';

/**
 * The body of `PUT /api/v1/crates/new`: length and JSON, length and `.crate`, both lengths 32 bits little
 * endian. The JSON is what cargo claims; name and version must be those of the manifest in the archive.
 */
export function parseUpload(body: Uint8Array): Result<WireUpload> {
  const parts = splitBody(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  if (!parts.ok) return parts;
  const { claim, crate } = parts.value;
  const { name, vers: version } = claim;
  if (typeof name !== 'string' || typeof version !== 'string')
    return refused('FORGE-R001', 'the metadata names no crate and version');
  const dependencies = readDependencies(claim['deps'] === undefined ? [] : claim['deps']);
  const checked = all<unknown>([
    checkName(name),
    checkVersion(version),
    dependencies,
    checkFeatures(claim['features'] === undefined ? {} : claim['features']),
    checkArchive(name, version, crate),
  ]);
  if (!checked.ok || !dependencies.ok) return checked as Result<never>;
  return ok({
    name,
    version,
    files: [{ filename: `${name}-${version}.crate`, bytes: crate }],
    metadata: { index: indexLine(claim, dependencies.value), ...description(claim) },
  });
}

function splitBody(body: Buffer): Result<{ readonly claim: JsonObject; readonly crate: Buffer }> {
  const json = block(body, 0);
  const crate = json && block(body, 4 + json.length);
  if (!crate || body.length !== 8 + json.length + crate.length)
    return refused('FORGE-R001', 'the body is not metadata and archive with their lengths');
  if (json.length > limits.jsonBytes || crate.length > limits.crateBytes)
    return refused('FORGE-R007', `the crate is larger than ${limits.crateBytes} bytes`);
  const claim = isUtf8(json) ? parseObject(json.toString('utf8')) : undefined;
  return claim ? ok({ claim, crate }) : refused('FORGE-R001', 'the metadata is no JSON object');
}

function block(body: Buffer, at: number): Buffer | undefined {
  if (at + 4 > body.length) return undefined;
  const end = at + 4 + body.readUInt32LE(at);
  return end > body.length ? undefined : body.subarray(at + 4, end);
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    // No JSON: the caller reports it, with everything that is no object.
    return undefined;
  }
}

function checkName(name: string): Result<null> {
  if (isCrateName(name)) return ok(null);
  const what = `\`${name}\` is no crate name: at most ${limits.nameLength} ASCII letters, digits, \`-\` and \`_\`, a letter first`;
  return refused('FORGE-R002', what);
}

function checkVersion(version: string): Result<null> {
  if (isVersion(version) && version.length <= limits.versionLength) return ok(null);
  return refused('FORGE-R003', `\`${version}\` is no SemVer version`);
}

function checkArchive(name: string, version: string, bytes: Uint8Array): Result<null> {
  const crate = readCrate(bytes, 'FORGE-R001');
  if (!crate.ok) return crate;
  if (crate.value.name === name && crate.value.version === version) return ok(null);
  const inside = `\`${crate.value.name}\` ${crate.value.version}`;
  return refused(
    'FORGE-R001',
    `the archive holds ${inside}, the metadata says \`${name}\` ${version}`,
  );
}

/** Cargo before 1.60 must not see features with `dep:` or `?/`: they stand in `features2`, announced by `v`. */
function indexLine(claim: JsonObject, deps: readonly IndexDependency[]): JsonObject {
  const features = Object.entries(isObject(claim['features']) ? claim['features'] : {});
  const isNew = ([, values]: readonly [string, Json]): boolean =>
    Array.isArray(values) && values.some((value) => /^dep:|\?\//.test(String(value)));
  const newer = features.filter(isNew);
  return {
    name: claim['name'] ?? null,
    vers: claim['vers'] ?? null,
    deps,
    features: Object.fromEntries(features.filter((feature) => !isNew(feature))),
    ...(newer.length > 0 && { features2: Object.fromEntries(newer), v: 2 }),
    links: textOrNull(claim['links']),
    rust_version: textOrNull(claim['rust_version']),
  };
}

/** What a page about the crate shows. */
function description(claim: JsonObject): JsonObject {
  const shown = ['description', 'license', 'homepage', 'repository', 'documentation'];
  const lists = ['keywords', 'categories'];
  return Object.fromEntries([...shown, ...lists].map((key) => [key, claim[key] ?? null]));
}

function refused(code: ErrorCode, what: string): Result<never> {
  return fail(new ForgeError(code, { what }));
}
