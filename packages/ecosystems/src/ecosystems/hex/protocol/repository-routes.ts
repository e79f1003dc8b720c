import type { StoredPackage, WireRequest, WireResponse, WireRoute } from '../../../model';
import { notFound } from './answer';
import { publicKeyRoutes } from './public-key-routes';
import {
  namesDocument,
  packageDocument,
  publicRepository,
  versionsDocument,
} from './registry-document';

const octets = 'application/octet-stream';

/** Documents and tarballs; what stands there is signed with the name of the repository. */
export function repositoryRoutes(base: string): WireRoute[] {
  const index = (path: string, render: typeof namesDocument): WireRoute => ({
    kind: 'index',
    method: 'GET',
    path: `${base}${path}`,
    respond: (packages, request, { keys }) =>
      bytes(render(packages, repositoryOf(request), keys.rsaPrivate)),
  });
  return [
    {
      kind: 'package',
      method: 'GET',
      path: `${base}/packages/:name`,
      packageName: ({ params }) => params['name'] ?? '',
      respond: (found: StoredPackage | undefined, request, { keys }) =>
        found
          ? bytes(packageDocument(found, repositoryOf(request), keys.rsaPrivate))
          : notFound(request),
    },
    {
      kind: 'file',
      method: 'GET',
      path: `${base}/tarballs/:file`,
      // No name has a hyphen.
      file: ({ params: { file = '' } }) => {
        return { filename: file, contentType: octets, packageName: file.split('-', 1)[0] ?? '' };
      },
      respond: notFound,
    },
    {
      kind: 'file',
      method: 'GET',
      path: `${base}/docs/:file`,
      file: ({ params }) => ({ filename: params['file'] ?? '', contentType: octets }),
      respond: notFound,
    },
    // Mix asks which Hex is the newest (`/installs/hex-1.x.csv`); an empty list says "yours", a 404 is logged as a crash.
    {
      kind: 'static',
      method: 'GET',
      path: `${base}/installs/:file`,
      isOpen: true,
      respond: noInstalls,
    },
    index('/names', namesDocument),
    index('/versions', versionsDocument),
    ...publicKeyRoutes(base),
  ];
}

function bytes(body: Uint8Array): WireResponse {
  return { status: 200, headers: { 'content-type': octets }, body };
}

function noInstalls(): WireResponse {
  return { status: 200, headers: { 'content-type': 'text/csv' }, body: '' };
}

function repositoryOf({ params }: WireRequest): string {
  return params['repository'] ?? publicRepository;
}
