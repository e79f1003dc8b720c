import { digest, gunzip, readPackageTar } from '../../archive';
import { ForgeError } from '../../errors';
import { fail, ok, type ArtifactContent, type Result } from '../../model';
import { isObject, type JsonObject } from './package-json';
import { lackingFiles } from './promises';

export const maxUnpackedBytes = 1024 ** 3;

/**
 * What a tarball is inside. `npm pack` 11 writes every entry below `package/` with the time
 * 1985-10-26T08:15:00Z, so nothing volatile is left once the archive itself is gone. FORGE-R001 for what is none.
 */
export function readTarball(bytes: Uint8Array): Result<ArtifactContent> {
  const tar = gunzip(bytes, maxUnpackedBytes);
  if (!tar.ok) return tar;
  const entries = readPackageTar(tar.value);
  if (!entries.ok) return entries;
  const files = entries.value.filter(({ type }) => type === 'file');
  const members = new Map(
    // npm strips the first directory on install, whatever it is called.
    files.map(({ name, content }) => [name.replace(/^[^/]*\//, ''), digest('sha256', content)]),
  );
  const manifest = files.find(({ name }) => /^[^/]+\/package\.json$/.test(name));
  const fields = parsePackageJson(manifest?.content);
  const { name, version } = fields;
  if (typeof name !== 'string' || typeof version !== 'string')
    return fail(
      new ForgeError('FORGE-R001', {
        what: 'the archive holds no `package.json` with a name and a version',
      }),
    );
  const lacking = lackingFiles(fields, (file) => members.has(file));
  return ok({ name, version, members, ...(lacking.length > 0 ? { lacking } : {}) });
}

/** The object in a `package.json`; an empty one for bytes that hold none. */
export function parsePackageJson(content: Uint8Array | undefined): JsonObject {
  const json = content && parse(content);
  return isObject(json) ? json : {};
}

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(
      Buffer.from(content)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    ) as unknown;
  } catch {
    // Reported by the caller as an archive without a usable manifest.
    return undefined;
  }
}
