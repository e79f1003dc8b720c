import { ok, type PackageChange, type StoredPackage, type WireRoute } from '../../model';
import { json, packageName } from './answer';
import { checkRevision, deprecations, replacements } from './document-changes';
import { accountOf } from './standing';
import { taggingOf, untaggingOf } from './tags';

/** `@scope%2fname` is one segment, `@scope/name` two. */
const documents = ['/:name', '/:scope/:name'] as const;

type Changes = Extract<WireRoute, { kind: 'change' }>['changes'];

/** What `npm deprecate`, `unpublish`, `dist-tag` and `owner` ask (npm 11). */
export const changeRoutes: readonly WireRoute[] = [
  {
    kind: 'user',
    method: 'GET',
    path: '/-/user/:id',
    userName: ({ params }) => userIn(params),
    respond: (isKnown, { params }) => {
      const name = userIn(params);
      if (!isKnown) return json(404, { error: `there is no user ${name}` });
      return json(200, { _id: params['id'] ?? '', ...accountOf(name) });
    },
  },
  ...documents.flatMap((path): WireRoute[] => [
    changeRoute('PUT', `/-/package${path}/dist-tags/:tag`, (_, { params, body }) =>
      taggingOf(params['tag'] ?? '', body),
    ),
    changeRoute('DELETE', `/-/package${path}/dist-tags/:tag`, (_, { params }) =>
      untaggingOf(params['tag'] ?? ''),
    ),
    changeRoute('PUT', `${path}/-rev/:rev`, (found, { params, body }) =>
      replacements(found, params['rev'] ?? '', body),
    ),
    changeRoute('DELETE', `${path}/-rev/:rev`, (found, { params }) => {
      const checked = checkRevision(found, params['rev'] ?? '');
      return checked.ok ? ok(found.versions.map(removal)) : checked;
    }),
    // The second half of `npm unpublish`: the file went with the version.
    changeRoute('DELETE', `${path}/-/:file/-rev/:rev`, () => ok([])),
    {
      ...changeRoute('PUT', path, (found, { body }) => deprecations(found, body)),
      accepts: ({ body }) => !bringsTarball(body),
    },
  ]),
  changeRoute('DELETE', '/:scope/:name/-/:fileScope/:file/-rev/:rev', () => ok([])),
];

function changeRoute(method: 'PUT' | 'DELETE', path: string, changes: Changes): WireRoute {
  return {
    kind: 'change',
    method,
    path,
    packageName: ({ params }) => packageName(params),
    changes,
    respond: () => json(200, { ok: true }),
  };
}

function removal({ version }: StoredPackage['versions'][number]): PackageChange {
  return { kind: 'remove', version };
}

/** Publishing and deprecating are one request but for this member. Inside a JSON text its quotes would be escaped. */
function bringsTarball(body: Uint8Array): boolean {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes('"_attachments"');
}

function userIn({ id = '' }: Readonly<Record<string, string>>): string {
  return id.replace(/^org\.couchdb\.user:/, '');
}
