import { gunzip, readPackageTar } from '../../../archive';
import {
  ok,
  type Result,
  type WireAttachment,
  type WireRequest,
  type WireRoute,
} from '../../../model';
import { answer } from './answer';

/** hexpm's limit for documentation, packed; unpacked eight times as much. */
const unpackedLimit = 8 * 16 * 1024 * 1024;

/** What `mix hex.publish docs` uploads (Hex 2.5), below `base`. */
export function docsRoutes(base: string): readonly WireRoute[] {
  const path = `${base}/packages/:name/releases/:version/docs`;
  return [
    {
      kind: 'attach',
      method: 'POST',
      path,
      parse,
      respond: (request) => answer(request, 201, {}),
    },
    {
      kind: 'change',
      method: 'DELETE',
      path,
      packageName: ({ params }) => params['name'] ?? '',
      changes: (_, { params }) => {
        const { name = '', version = '' } = params;
        return ok([{ kind: 'detach', version, filename: docsFilename(name, version) }]);
      },
      respond: () => ({ status: 204, body: '' }),
    },
  ];
}

/** As the repository serves it below `/docs/`. */
export function docsFilename(name: string, version: string): string {
  return `${name}-${version}.tar.gz`;
}

/** Nothing unpacks it here, but whoever does should find what the name promises. */
function parse({ params, body }: WireRequest): Result<WireAttachment> {
  const { name = '', version = '' } = params;
  const tar = gunzip(body, unpackedLimit);
  if (!tar.ok) return tar;
  const members = readPackageTar(tar.value);
  if (!members.ok) return members;
  return ok({ name, version, filename: docsFilename(name, version), bytes: body });
}
