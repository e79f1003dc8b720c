import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Json,
  type PackageChange,
  type Result,
  type StoredPackage,
  type WireRequest,
  type WireRoute,
} from '../../../model';
import { parseNative } from '../native-version';
import { publishedVersions } from './candidates';
import { nameIn } from './package-id';
import { text } from './plain-routes';
import { packageRoute } from './version-routes';

type Changes = Extract<WireRoute, { kind: 'change' }>['changes'];

/**
 * What maintainers do on pages of Hackage (hackage-server, `Features/PreferredVersions.hs`, `Features/Upload.hs`,
 * `Features/PackageCandidates.hs`). cabal has no command for any of it.
 */
export const changeRoutes: readonly WireRoute[] = [
  changeRoute('PUT', '/package/:name/preferred', prefer),
  changeRoute('DELETE', '/package/:name/candidate', withdrawCandidates),
  ...['/package/:name/maintainers', '/package/:name/maintainers/'].map((path) =>
    packageRoute(path, maintainers),
  ),
  changeRoute('PUT', '/package/:name/maintainers/user/:user', (_, { params }) =>
    ok([{ kind: 'add-owner', user: params['user'] ?? '' }]),
  ),
  changeRoute('DELETE', '/package/:name/maintainers/user/:user', (_, { params }) =>
    ok([{ kind: 'remove-owner', user: params['user'] ?? '' }]),
  ),
];

function changeRoute(method: 'PUT' | 'DELETE', path: string, changes: Changes): WireRoute {
  return {
    kind: 'change',
    method,
    path,
    packageName: ({ params }) => nameIn(params['name'] ?? ''),
    changes,
    respond: () => text(200, ''),
  };
}

/** The form of `/package/NAME/preferred/edit`: it says of all versions which are deprecated from now on. */
function prefer(found: StoredPackage, { body }: WireRequest): Result<readonly PackageChange[]> {
  const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
  // hackage-server refuses a form without this field, and a garbled body is a form without fields.
  const ranges = form.get('preferred');
  if (ranges === null) return malformed('the form has no field `preferred`');
  if (ranges.trim() !== '') return malformed('preferred ranges are not kept here, only versions');
  const deprecated = form.getAll('deprecated');
  const versions = publishedVersions(found);
  const unknown = deprecated.filter((asked) => versions.every(({ version }) => version !== asked));
  if (unknown.length > 0) return fail(absent(found.name, unknown));
  return ok(
    versions.flatMap(({ version, yanked }): PackageChange[] => {
      if (deprecated.includes(version) === yanked) return [];
      return [{ kind: yanked ? 'unyank' : 'yank', version }];
    }),
  );
}

/** All candidates of `NAME-VERSION`. A candidate is mutable, so the same may come again. */
function withdrawCandidates(
  { name, versions }: StoredPackage,
  { params }: WireRequest,
): Result<readonly PackageChange[]> {
  const released = (params['name'] ?? '').slice(name.length + 1);
  const candidates = versions.filter(({ version }) => {
    const native = parseNative(version);
    return native?.released === released && native.candidate !== undefined;
  });
  if (candidates.length === 0) return fail(absent(name, [released]));
  return ok(candidates.map(({ version }) => ({ kind: 'remove', version, reusable: true })));
}

function maintainers({ name, owners }: StoredPackage): Json {
  const members = owners.map((username, userid) => ({ userid, username }));
  return { title: `Maintainers for ${name}`, description: '', members };
}

function absent(name: string, versions: readonly string[]): ForgeError {
  const what = `\`${name}\` has no version \`${versions.join('`, `')}\``;
  return new ForgeError('FORGE-R010', { what });
}

function malformed(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what }));
}
