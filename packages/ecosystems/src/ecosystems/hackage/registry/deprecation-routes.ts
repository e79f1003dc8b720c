import { ForgeError } from '../../../errors';
import {
  fail,
  ok,
  type Json,
  type Notice,
  type PackageChange,
  type Result,
  type StoredPackage,
  type StoredVersion,
  type WireRequest,
  type WireRoute,
} from '../../../model';
import { jsonMembers } from '../../../text';
import { isPackageName } from '../package-name';
import { publishedVersions } from './candidates';
import { nameIn } from './package-id';
import { json, text } from './plain-routes';
import { packageRoute } from './version-routes';

const paths = ['/package/:name/deprecated', '/package/:name/deprecated.json'];

/**
 * A whole package that is deprecated, perhaps in favour of others (hackage-server, `Features/PreferredVersions.hs`).
 * There it is a remark beside the package. Here the versions that stand are withdrawn with that remark, so that every
 * other door of the registry tells of it. A version that comes later stands again.
 */
export const deprecationRoutes: readonly WireRoute[] = [
  ...paths.map((path) => packageRoute(path, deprecation)),
  ...paths.map((path): WireRoute => ({
    kind: 'change',
    method: 'PUT',
    path,
    packageName: ({ params }) => nameIn(params['name'] ?? ''),
    changes: deprecate,
    respond: () => text(200, ''),
  })),
  {
    kind: 'index',
    method: 'GET',
    path: '/packages/deprecated.json',
    respond: (packages) => json(packages.filter(isDeprecated).map(entry)),
  },
];

const reason = 'deprecated';
const favour = 'in favour of ';

function deprecation(found: StoredPackage): Json | undefined {
  if (publishedVersions(found).length === 0) return undefined;
  return { 'is-deprecated': isDeprecated(found), 'in-favour-of': replacements(found) };
}

function entry(found: StoredPackage): Json {
  return { 'deprecated-package': found.name, 'in-favour-of': replacements(found) };
}

function isDeprecated(found: StoredPackage): boolean {
  const versions = publishedVersions(found);
  return versions.some(isRemarked) && versions.every(({ yanked }) => yanked);
}

/** Withdrawn with its package, and not for itself. */
function isRemarked({ yanked, notice }: StoredVersion): boolean {
  return yanked && notice?.reason === reason;
}

function replacements(found: StoredPackage): string[] {
  if (!isDeprecated(found)) return [];
  const { message = '' } = publishedVersions(found).find(isRemarked)?.notice ?? {};
  return message.startsWith(favour) ? message.slice(favour.length).split(', ') : [];
}

function deprecate(found: StoredPackage, { body }: WireRequest): Result<readonly PackageChange[]> {
  const { 'is-deprecated': wanted, 'in-favour-of': names } = jsonMembers(body);
  if (typeof wanted !== 'boolean' || !Array.isArray(names) || !names.every(isName))
    return malformed('the body is no `{"is-deprecated":true,"in-favour-of":["name"]}`');
  if (names.includes(found.name)) return malformed('no package replaces itself');
  const versions = publishedVersions(found);
  if (!wanted)
    return ok(versions.filter(isRemarked).map(({ version }) => ({ kind: 'unyank', version })));
  const notice = remark(names);
  const standing = versions.filter((each) => !each.yanked || isRemarked(each));
  // Where each was withdrawn for itself, they are from now on withdrawn together.
  const concerned = standing.length > 0 ? standing : versions;
  return ok(concerned.map(({ version }) => ({ kind: 'yank', version, notice })));
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && isPackageName(value);
}

function remark(names: readonly string[]): Notice {
  const message = names.length > 0 ? `${favour}${names.join(', ')}` : 'the package is deprecated';
  return { reason, message };
}

function malformed(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what }));
}
