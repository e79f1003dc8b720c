import { gunzip, readPackageTar } from '../../../archive';
import {
  ok,
  type Result,
  type WireAttachment,
  type WireRequest,
  type WireRoute,
} from '../../../model';
import { splitId } from './package-id';
import { text } from './plain-routes';

const unpackedLimit = 100 * 1024 * 1024;

/** What `cabal upload --documentation --publish` uploads (3.4), and where it can be had. */
export const docsRoutes: readonly WireRoute[] = [
  {
    kind: 'attach',
    method: 'PUT',
    path: '/package/:id/docs',
    coding: 'gzip',
    parse,
    respond: () => text(200, ''),
  },
  {
    kind: 'change',
    method: 'DELETE',
    path: '/package/:id/docs',
    packageName: ({ params }) => splitId(params['id'] ?? '').name,
    changes: (_, { params }) => {
      const { version } = splitId(params['id'] ?? '');
      return ok([{ kind: 'detach', version, filename: docsFilename(params) }]);
    },
    respond: () => text(200, ''),
  },
  {
    kind: 'file',
    method: 'GET',
    path: '/package/:id/docs.tar.gz',
    file: ({ params }) => ({
      filename: docsFilename(params),
      contentType: 'application/x-gzip',
      packageName: splitId(params['id'] ?? '').name,
    }),
    respond: () => text(404, 'No documentation'),
  },
];

function parse({ params, body }: WireRequest): Result<WireAttachment> {
  const tar = gunzip(body, unpackedLimit);
  if (!tar.ok) return tar;
  const members = readPackageTar(tar.value);
  if (!members.ok) return members;
  return ok({ ...splitId(params['id'] ?? ''), filename: docsFilename(params), bytes: body });
}

/** As cabal names it: `demo-1.2-docs.tar.gz`. */
function docsFilename({ id = '' }: WireRequest['params']): string {
  return `${id}-docs.tar.gz`;
}
