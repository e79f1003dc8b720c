import type { StoredPackage, StoredVersion, WireRequest, WireRoute } from '../../../model';
import { compareNative, parseNative } from '../native-version';
import { splitId } from './package-id';
import { json, publishRoute, text } from './plain-routes';
import { parseCandidate } from './upload-form';

/** What is installed; candidates are versions of their own that only the routes below show. */
export function publishedVersions({ versions }: StoredPackage): readonly StoredVersion[] {
  return versions.filter(({ version }) => parseNative(version)?.candidate === undefined);
}

/**
 * Package candidates, as hackage-server has them: `cabal upload` without `--publish`, the list, and the archive.
 * There a version has one candidate; here the archive is the one of the last in order, served from an address
 * that names it.
 */
export const candidateRoutes: readonly WireRoute[] = [
  ...['/packages/candidates', '/packages/candidates/'].map((path) =>
    publishRoute(path, parseCandidate),
  ),
  ...['/package/:name/candidates', '/package/:name/candidates/'].map(listRoute),
  // What `cabal upload` (3.4) tells people to look at.
  {
    kind: 'package',
    method: 'GET',
    path: '/package/:id/candidate',
    packageName: ({ params }) => splitId(params['id'] ?? '').name,
    respond(found, { params: { id = '' } }) {
      const last = found && lastCandidate(found, splitId(id).version);
      return last === undefined ? text(404, 'No such candidate') : text(200, `${id}, ${last}`);
    },
  },
  {
    kind: 'package',
    method: 'GET',
    path: '/package/:id/candidate/:file',
    packageName: ({ params }) => splitId(params['id'] ?? '').name,
    respond(found, { params }, { baseUrl }) {
      const { id = '', file } = params;
      const last = found && lastCandidate(found, splitId(id).version);
      if (last === undefined || file !== `${id}.tar.gz`) return text(404, 'No such candidate');
      const location = `${baseUrl}/package/${id}/candidate/${last}/${file}`;
      return { status: 302, headers: { location }, body: '' };
    },
  },
  {
    kind: 'file',
    method: 'GET',
    path: '/package/:id/candidate/:candidate/:file',
    file: ({ params }: WireRequest) => ({
      filename: `${params['id']}-${params['candidate']}.tar.gz`,
      contentType: 'application/x-gzip',
    }),
    respond: () => text(404, 'No such candidate'),
  },
];

function lastCandidate({ versions }: StoredPackage, released: string): string | undefined {
  return versions
    .flatMap(({ version }) => parseNative(version) ?? [])
    .filter((each) => each.released === released && each.candidate !== undefined)
    .sort(compareNative)
    .at(-1)?.candidate;
}

/** `[{"version":"1.3.0","sha256":"…"}]`, with our field beside what Hackage says. */
function listRoute(path: string): WireRoute {
  return {
    kind: 'package',
    method: 'GET',
    path,
    packageName: ({ params }) => params['name'] ?? '',
    respond(found) {
      const candidates = (found?.versions ?? []).flatMap(
        ({ version, files, publishedAt: time }) => {
          const { released, candidate } = parseNative(version) ?? {};
          if (candidate === undefined) return [];
          const sha256 = files[0]?.sha256 ?? '';
          return [{ version: released ?? '', candidate, sha256, time }];
        },
      );
      if (candidates.length === 0) return text(404, 'No candidates');
      return json(candidates);
    },
  };
}
