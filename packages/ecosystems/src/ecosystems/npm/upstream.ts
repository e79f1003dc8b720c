import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Digest,
  type Result,
  type Upstream,
  type UpstreamFile,
  type UpstreamPackage,
  type UpstreamQuestion,
  type WireContext,
  type WireRequest,
} from '../../model';
import { parseJson } from '../../text';
import { installForm, json, namesOf } from './answer';
import { escapeName } from './names';
import { isObject, type JsonObject } from './package-json';

/** Packuments of another registry, in the form that the client asks for; installing needs the short one (npm 11). */
export const upstream: Upstream = {
  document(name, request, endpoints) {
    if (/^\/-\/(?!package\/)/.test(request.path)) return undefined;
    const registry = (endpoints['registry'] ?? '').replace(/\/+$/, '');
    const accept = needsAll(request) ? 'application/json' : `${installForm}; q=1.0, */*; q=0.1`;
    return { method: 'GET', url: `${registry}/${escapeName(name)}`, headers: { accept } };
  },
  read(body, asked) {
    const packument = parseJson(body);
    if (!isObject(packument) || packument['name'] !== asked.name) return refused(asked);
    const versions = isObject(packument['versions']) ? packument['versions'] : {};
    const released = Object.entries(versions).flatMap(([version, manifest]) => {
      const file = isObject(manifest) && fileOf(manifest);
      return file ? [{ version, manifest, file }] : [];
    });
    return ok(packageOf(packument, released));
  },
};

/** A version whose tarball can be checked; others are not told of. */
interface Released {
  readonly version: string;
  readonly manifest: JsonObject;
  readonly file: UpstreamFile;
}

function needsAll({ path, headers }: WireRequest): boolean {
  const isShort = (headers['accept'] ?? '').trimStart().startsWith(installForm);
  return !isShort && !path.includes('/-/') && !path.startsWith('/-/');
}

function packageOf(packument: JsonObject, released: readonly Released[]): UpstreamPackage {
  const known = isObject(packument['dist-tags']) ? packument['dist-tags'] : {};
  return {
    files: released.map(({ file }) => file),
    respond({ path, params, headers }, context) {
      if (path.startsWith('/-/')) return json(200, known);
      const { version } = namesOf(params);
      if (version !== undefined) {
        const wanted = known[version] ?? version;
        const found = released.find((each) => each.version === wanted);
        return found && json(200, through(packument, found, context));
      }
      const versions = Object.fromEntries(
        released.map((each) => [each.version, through(packument, each, context)]),
      );
      const isShort = (headers['accept'] ?? '').trimStart().startsWith(installForm);
      return json(200, { ...packument, versions }, isShort ? installForm : 'application/json');
    },
  };
}

/** The manifest of one version, whose tarball is ours to get. Where attestations are is not told on. */
function through(
  { name }: JsonObject,
  { manifest, file }: Released,
  { baseUrl }: WireContext,
): JsonObject {
  const { attestations: _, ...dist } = manifest['dist'] as JsonObject;
  const tarball = `${baseUrl}/${String(name)}/-/${encodeURIComponent(file.filename)}`;
  return { ...manifest, dist: { ...dist, tarball } };
}

function fileOf({ dist }: JsonObject): UpstreamFile | undefined {
  if (!isObject(dist)) return undefined;
  const url = String(dist['tarball'] ?? '');
  const digest = digestOf(dist);
  const filename = filenameIn(url);
  return digest && filename !== undefined ? { filename, url, digest } : undefined;
}

function filenameIn(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return /^[\w.~+-]+$/.test(last) ? last : undefined;
}

/** Versions of before 2017 have a sha1 only. */
function digestOf({ integrity, shasum }: JsonObject): Digest | undefined {
  const sha512 = /(?:^|\s)sha512-([A-Za-z0-9+/=]+)/.exec(String(integrity ?? ''))?.[1];
  if (sha512 !== undefined)
    return { algorithm: 'sha512', value: Buffer.from(sha512, 'base64').toString('hex') };
  const sha1 = /^[0-9a-f]{40}$/i.exec(String(shasum ?? ''))?.[0];
  return sha1 === undefined ? undefined : { algorithm: 'sha1', value: sha1.toLowerCase() };
}

function refused({ name, url }: UpstreamQuestion): Result<never> {
  const what = `what ${url} answers is no packument of \`${name}\``;
  return fail(new ForgeError('FORGE-R014', { what }));
}
