import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Refusal,
  type StoredPackage,
  type Wire,
  type WireResponse,
  type WireRoute,
} from '../../model';
import { filenameOf, unpack } from './archive';
import { versions } from './versions';

/** What `GET /packages/:name` answers. */
export interface PackageDocument {
  readonly versions: Readonly<
    Record<
      string,
      {
        readonly filename: string;
        readonly url: string;
        readonly sha256: string;
        readonly hidden?: boolean;
      }
    >
  >;
}

const statuses: Readonly<Record<Refusal['kind'], number>> = {
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  unreachable: 502,
  'too-many': 429,
  conflict: 409,
  'too-large': 413,
  invalid: 422,
};

export const wire: Wire = {
  bodyLimit: 1024 ** 2,
  manyUploadsPerVersion: false,
  routes: [
    {
      kind: 'package',
      method: 'GET',
      path: '/packages/:name',
      packageName: ({ params }) => params['name'] ?? '',
      respond: (found, _, { baseUrl }) =>
        found
          ? { status: 200, body: JSON.stringify(render(found, baseUrl)) }
          : text(404, 'no such package'),
    },
    {
      kind: 'file',
      method: 'GET',
      path: '/files/:filename',
      file: ({ params }) => ({
        filename: params['filename'] ?? '',
        contentType: 'application/gzip',
      }),
      respond: () => text(404, 'no such file'),
    },
    {
      kind: 'publish',
      method: 'PUT',
      path: '/packages/:name/:version',
      parse({ params: { name = '', version = '' }, body }) {
        if (!versions.isValid(version))
          return fail(new ForgeError('FORGE-R003', { what: `\`${version}\` is no version` }));
        const inside = unpack(body);
        if (!inside.ok) return inside;
        if (inside.value.name !== name || inside.value.version !== version)
          return fail(new ForgeError('FORGE-R001', { what: 'the archive is another package' }));
        const filename = filenameOf(name, version);
        return ok({ name, version, files: [{ filename, bytes: body }], metadata: {} });
      },
      respond: ({ name, version }) => text(201, `${name} ${version} is published`),
    },
    changeRoute('POST', '/hidden', 'yank'),
    changeRoute('DELETE', '/hidden', 'unyank'),
    changeRoute('DELETE', '', 'remove'),
  ],
  refuse: ({ kind, message }) => text(statuses[kind], message),
  install: (baseUrl, { name, version }) => [
    { tool: 'toy', lines: [`toy get ${name} ${version} --from ${baseUrl}/toy`] },
  ],
  settings: (baseUrl, token) => [`TOY_URL=${baseUrl}/toy`, `TOY_TOKEN=${token}`],
};

function changeRoute(
  method: 'POST' | 'DELETE',
  path: string,
  kind: 'yank' | 'unyank' | 'remove',
): WireRoute {
  return {
    kind: 'change',
    method,
    path: `/packages/:name/:version${path}`,
    packageName: ({ params }) => params['name'] ?? '',
    changes: (_, { params: { version = '' } }) => ok([{ kind, version }]),
    respond: () => text(200, 'done'),
  };
}

function render({ versions: stored }: StoredPackage, baseUrl: string): PackageDocument {
  const entries = stored.flatMap(({ version, files, yanked }) =>
    files.map(({ filename, sha256 }) => [
      version,
      { filename, url: `${baseUrl}/files/${filename}`, sha256, ...(yanked && { hidden: true }) },
    ]),
  );
  return { versions: Object.fromEntries(entries) };
}

function text(status: number, body: string): WireResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
