import { gunzip } from '../../../archive';
import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Result,
  type Upstream,
  type UpstreamFile,
  type UpstreamQuestion,
} from '../../../model';
import { readPackagePayload, signedPayload, type ListedPackage } from './read-document';
import { publicRepository, signed } from './registry-document';

const maxBytes = 64 * 1024 ** 2;

/**
 * Another repository. Its document is told on as it is and signed anew, for clients know our key alone; theirs is not
 * known here, so the connection has to be trusted. Only the public repository is read through: of another one a client
 * asks for its own name.
 */
export const upstream: Upstream = {
  document(name, { path }, endpoints) {
    if (!/^\/(?:packages|tarballs)\//.test(path)) return undefined;
    return {
      method: 'GET',
      url: `${endpoints['repository']}/packages/${encodeURIComponent(name)}`,
    };
  },
  read(body, asked) {
    const unpacked = gunzip(body, maxBytes);
    if (!unpacked.ok) return refused(asked, 'is no document of a repository');
    const payload = signedPayload(unpacked.value);
    const listed = readPackagePayload(payload);
    if (listed.name !== asked.name || listed.repository !== publicRepository)
      return refused(
        asked,
        `is about \`${listed.name}\` of the repository \`${listed.repository}\``,
      );
    return ok({
      files: filesOf(listed, asked),
      respond: ({ path }, { keys }) => {
        if (!path.startsWith('/packages/')) return undefined;
        const headers = { 'content-type': 'application/octet-stream' };
        return { status: 200, headers, body: signed(payload, keys.rsaPrivate) };
      },
    });
  },
};

/** What has no checksum of its whole tarball is older than 2019 and is not told of. */
function filesOf({ name, releases }: ListedPackage, asked: UpstreamQuestion): UpstreamFile[] {
  return releases
    .filter(({ outerChecksum }) => outerChecksum !== '')
    .map(({ version, outerChecksum }) => {
      const filename = `${name}-${version}.tar`;
      const url = `${asked.endpoints['repository']}/tarballs/${encodeURIComponent(filename)}`;
      return { filename, url, digest: { algorithm: 'sha256', value: outerChecksum } };
    });
}

function refused({ name, url }: UpstreamQuestion, what: string): Result<never> {
  return fail(
    new ForgeError('FORGE-R014', { what: `what ${url} answers for \`${name}\` ${what}` }),
  );
}
