import type { Json, StoredPackage, StoredVersion, WireResponse, WireRoute } from '../../../model';
import { decodeSource } from '../../../text';
import { describe, fieldText } from '../cabal-file/description';
import { publishedVersions } from './candidates';
import { cabalOf } from './index-archive';
import { nameIn, splitId } from './package-id';
import { json, text } from './plain-routes';

/**
 * What Hackage tells of a package and of a version (hackage-server, `Features/PackageInfoJSON.hs`). The address of a
 * version is what cabal (3.4) tells people to look at after an upload; Hackage has a page there.
 */
export const versionRoutes: readonly WireRoute[] = [
  packageRoute('/package/:name/preferred', preferred),
  packageRoute('/package/:name/preferred.json', preferred),
  {
    kind: 'package',
    method: 'GET',
    path: '/package/:id',
    // Archives have addresses of the same form.
    accepts: ({ params: { id = '' } }) => !id.endsWith('.tar.gz'),
    packageName: ({ params }) => nameIn(idOf(params)),
    respond: (found, { params }) => describeId(found, idOf(params)),
  },
];

/** What stands at an address of a package; nothing where `show` answers undefined. */
export function packageRoute(
  path: string,
  show: (found: StoredPackage) => Json | undefined,
): WireRoute {
  return {
    kind: 'package',
    method: 'GET',
    path,
    packageName: ({ params }) => nameIn(params['name'] ?? ''),
    respond(found) {
      const shown = found && show(found);
      return shown === undefined ? text(404, 'No such package') : json(shown);
    },
  };
}

/** The versions of a package; what is yanked elsewhere is deprecated here. */
function preferred(found: StoredPackage): Json | undefined {
  const versions = publishedVersions(found);
  if (versions.length === 0) return undefined;
  const listed = (yanked: boolean): string[] =>
    versions.filter((each) => each.yanked === yanked).map(({ version }) => version);
  const deprecated = listed(true);
  return {
    'normal-version': listed(false),
    ...(deprecated.length > 0 ? { 'deprecated-version': deprecated } : {}),
  };
}

function idOf({ id = '' }: Readonly<Record<string, string>>): string {
  return id.replace(/\.json$/, '');
}

/** `NAME` is all of its versions, `NAME-VERSION` is what one of them says of itself. */
function describeId(found: StoredPackage | undefined, id: string): WireResponse {
  const versions = found ? publishedVersions(found) : [];
  if (versions.length === 0) return text(404, 'No such package');
  if (nameIn(id) === id) {
    const standing = versions.map(({ version, yanked }) => [
      version,
      yanked ? 'deprecated' : 'normal',
    ]);
    return json(Object.fromEntries(standing) as Json);
  }
  const asked = versions.find(({ version }) => version === splitId(id).version);
  return asked ? json(basics(asked)) : text(404, 'No such package version');
}

/** As Hackage says it, but for the uploader, whom no document here names. There are no revisions. */
function basics(stored: StoredVersion): Json {
  const source = decodeSource('.cabal', cabalOf(stored), { toleratesLatin1: true });
  const described = source.ok ? describe(source.value) : source;
  const field = (name: string): string =>
    source.ok && described.ok ? fieldText(source.value.text, described.value.elements, name) : '';
  return {
    license: field('license'),
    copyright: field('copyright'),
    synopsis: field('synopsis'),
    description: field('description'),
    author: field('author'),
    homepage: field('homepage'),
    metadata_revision: 0,
    uploaded_at: stored.publishedAt,
  };
}
