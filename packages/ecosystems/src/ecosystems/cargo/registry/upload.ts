import { ForgeError, type ErrorCode } from '../../../errors';
import { all, fail, ok, type Json, type Result, type WireUpload } from '../../../model';
import { readCrate } from './archive';
import type { IndexDependency } from './index-file';
import { parseRequirement } from '../requirement';
import { isVersion } from '../version-text';

/** Limits of crates.io (src/config and src/controllers/krate/publish.rs). */
export const limits = {
  crateBytes: 10 * 1024 ** 2,
  jsonBytes: 1024 ** 2,
  nameLength: 64,
  versionLength: 150,
} as const;

type JsonObject = { readonly [key: string]: Json };

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
  const dependencies = all(objectsIn(claim['deps']).map(indexDependency));
  const checked = all<unknown>([
    checkName(name),
    checkVersion(version),
    dependencies,
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
  const claim = parseObject(json.toString('utf8'));
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

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
}

export function isCrateName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) && name.length <= limits.nameLength;
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

/** Publishing says `version_req` and puts the real name into `name`; the index says `req` and puts it into `package`. */
function indexDependency(claimed: JsonObject): Result<IndexDependency> {
  const { name, version_req: req, explicit_name_in_toml: alias } = claimed;
  if (typeof name !== 'string' || typeof req !== 'string' || !isServable(req))
    return refused(
      'FORGE-R001',
      `\`${String(name)}\` has the unusable requirement \`${String(req)}\``,
    );
  const isRenamed = typeof alias === 'string' && alias !== '';
  return ok({
    name: isRenamed ? alias : name,
    req,
    features: Array.isArray(claimed['features']) ? claimed['features'].map(String) : [],
    optional: claimed['optional'] === true,
    default_features: claimed['default_features'] !== false,
    target: textOrNull(claimed['target']),
    kind: textOrNull(claimed['kind']) ?? 'normal',
    registry: textOrNull(claimed['registry']),
    package: isRenamed ? name : null,
  });
}

/** crates.io takes no bare `*`: such a dependency promises to work with every version to come. */
function isServable(requirement: string): boolean {
  const comparators = parseRequirement(requirement);
  return comparators.ok && comparators.value.every(({ parts }) => parts.length > 0);
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
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
