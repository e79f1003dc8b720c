import { posix } from 'node:path';
import { unpackTarGz } from '../../archive';
import { ForgeError } from '../../errors';
import { fail, ok, throttled, type HttpResponse, type Tool, type UploadOutcome } from '../../model';
import { filenameOf, pack, unpack } from './archive';
import { consumer } from './consumer';
import { withdraw } from './withdraw';

/** Needs no program: packs by itself, and uploads with a request. */
export const tool: Tool = {
  needs: () => ({ package: [], publish: [] }),
  package({ manifest, exportRoot, outDir }) {
    const directory = posix.join(exportRoot, posix.dirname(manifest.file));
    const filename = filenameOf(manifest.name, manifest.version.value ?? '');
    return ok({
      commands: [],
      artifactDir: outDir,
      isArtifact: (file) => file === filename,
      assemble(_results, files) {
        const found = files.walk(directory).map(({ path }) => path);
        const members = found.map((path): [string, Uint8Array] => [
          posix.relative(directory, path),
          files.read(path) ?? new Uint8Array(),
        ]);
        return ok([{ filename, bytes: pack(new Map(members)) }]);
      },
    });
  },
  uploads: ({ manifest, artifacts, endpoints, token }) =>
    artifacts.map(({ path }) => ({
      kind: 'request',
      request: {
        method: 'PUT',
        url: `${endpoints['api']}/packages/${manifest.name}/${manifest.version.value}`,
        headers: { 'content-type': 'application/octet-stream' },
        ...(token === undefined ? {} : { secretHeaders: { authorization: `Bearer ${token}` } }),
        bodyFile: path,
      },
      classify,
    })),
  consumer,
  withdraw,
  unpack: (filename, bytes) => unpackTarGz(filename, bytes, 1024 ** 2),
  inspect(filename, bytes) {
    const content = unpack(bytes);
    if (content.ok) return content;
    return fail(new ForgeError('FORGE-A003', { what: `\`${filename}\` is no toy package` }));
  },
};

function classify(response: HttpResponse): UploadOutcome {
  const { status, body } = response;
  const detail = Buffer.from(body).toString() || String(status);
  if (status >= 200 && status < 300) return { kind: 'published' };
  if (status === 401) return { kind: 'needs-credentials', detail };
  if (status === 403) return { kind: 'forbidden', detail };
  if (status === 409) return { kind: 'conflict', detail };
  if (status === 429) return throttled(response, detail);
  return status === 0 || status >= 500
    ? { kind: 'unreachable', detail }
    : { kind: 'rejected', detail };
}
