import { isUtf8 } from 'node:buffer';
import semver from 'semver';
import { digest } from '../../archive';
import { ForgeError, type ErrorCode } from '../../errors';
import { fail, ok, type Json, type Result, type WireUpload } from '../../model';
import { isValidName, publishedVersion, servedFilename } from './names';
import { isObject, type JsonObject } from './package-json';
import { readTarball } from './tarball';
import { versions } from './versions';

/** The body of `PUT /<name>`, as npm 11, pnpm 10 and yarn 4 send it: one version, its tarball in base64. */
export function parsePublish(urlName: string, body: Uint8Array): Result<WireUpload> {
  const document = parseDocument(body);
  if (!document.ok) return document;
  const { name, 'dist-tags': tags } = document.value;
  if (typeof name !== 'string' || !isValidName(name))
    return refused('FORGE-R002', `\`${String(name)}\` is not a name that npm accepts`);
  if (name !== urlName)
    return refused('FORGE-R001', `the document is about \`${name}\`, the URL about \`${urlName}\``);
  const claim = parseVersion(document.value);
  if (!claim.ok) return claim;
  const { version, manifest } = claim.value;
  const bytes = parseAttachment(document.value, manifest);
  if (!bytes.ok) return bytes;
  const agreed = checkInside(name, version, bytes.value);
  if (!agreed.ok) return agreed;
  // `dist` names this upload's URL; the server says its own.
  const metadata = Object.fromEntries(Object.entries(manifest).filter(([key]) => key !== 'dist'));
  return ok({
    name,
    version,
    files: [{ filename: servedFilename(name, version), bytes: bytes.value }],
    metadata: metadata as Json,
    tags: Object.fromEntries(
      Object.entries(isObject(tags) ? tags : {}).flatMap(([tag, to]) =>
        to === version ? [[tag, version]] : [],
      ),
    ),
  });
}

function parseDocument(body: Uint8Array): Result<JsonObject> {
  try {
    const document: unknown = isUtf8(body) ? JSON.parse(Buffer.from(body).toString()) : undefined;
    if (isObject(document)) return ok(document);
  } catch {
    // The same answer as for JSON of another shape.
  }
  return refused('FORGE-R001', 'the body is not a JSON document');
}

function parseVersion(document: JsonObject): Result<{ version: string; manifest: JsonObject }> {
  const entries = Object.entries(isObject(document['versions']) ? document['versions'] : {});
  const [version, manifest] = entries[0] ?? [];
  if (entries.length !== 1 || version === undefined || !isObject(manifest))
    return refused('FORGE-R001', 'the document must bring exactly one version');
  if (!versions.isValid(version) || version !== publishedVersion(version))
    return refused('FORGE-R003', `\`${version}\` is not a version that npm accepts`);
  if (manifest['name'] !== document['name'] || manifest['version'] !== version)
    return refused('FORGE-R001', 'the manifest has another name or version than the document');
  return ok({ version, manifest });
}

function parseAttachment(document: JsonObject, manifest: JsonObject): Result<Uint8Array> {
  const attachments = isObject(document['_attachments']) ? document['_attachments'] : {};
  const tarballs = Object.entries(attachments).filter(([key]) => key.endsWith('.tgz'));
  const attachment = tarballs[0]?.[1];
  const { data, length } = isObject(attachment) ? attachment : {};
  if (tarballs.length !== 1 || typeof data !== 'string')
    return refused('FORGE-R001', 'the document must bring exactly one tarball');
  const bytes = Buffer.from(data, 'base64');
  if (typeof length === 'number' && length !== bytes.length)
    return refused('FORGE-R004', `the tarball has ${bytes.length} bytes instead of ${length}`);
  const { integrity, shasum } = isObject(manifest['dist']) ? manifest['dist'] : {};
  const sha512 = `sha512-${Buffer.from(digest('sha512', bytes), 'hex').toString('base64')}`;
  if (typeof integrity === 'string' && !integrity.split(/\s+/).includes(sha512))
    return refused('FORGE-R004', '`dist.integrity` is not that of the tarball');
  if (typeof shasum === 'string' && shasum !== digest('sha1', bytes))
    return refused('FORGE-R004', '`dist.shasum` is not that of the tarball');
  return ok(bytes);
}

/** What is installed is what the archive says, so it must say the same as the document. */
function checkInside(name: string, version: string, bytes: Uint8Array): Result<void> {
  const inside = readTarball(bytes);
  if (!inside.ok) return inside;
  if (inside.value.name === name && semver.clean(inside.value.version) === version)
    return ok(undefined);
  const found = `${inside.value.name} ${inside.value.version}`;
  return refused('FORGE-R001', `the archive is \`${found}\` instead of \`${name} ${version}\``);
}

function refused(code: ErrorCode, what: string): Result<never> {
  return fail(new ForgeError(code, { what }));
}
