import type { PackageAddress } from '../accounts/scopes';

/** Below which all pages are. */
export const home = '/ui';

/** Places of pages, with everything in them encoded. */
export const paths = {
  packages: home,
  releases: `${home}/releases`,
  trail: `${home}/trail`,
  webhooks: `${home}/webhooks`,
  account: `${home}/account`,
  tokens: `${home}/account/tokens`,
  login: `${home}/login`,
  logout: `${home}/logout`,
  style: `${home}/style.css`,
  icon: `${home}/icon.svg`,
  webhook: (id: number) => `${home}/webhooks/${id}`,
  package: ({ ecosystem, name }: PackageAddress) =>
    `${home}/packages/${ecosystem}/${encodeURIComponent(name)}`,
  version: (address: PackageAddress, version: string) =>
    `${paths.package(address)}/${encodeURIComponent(version)}`,
} as const;

/** A path with those members of a query that say something. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (said.length === 0) return path;
  return `${path}?${new URLSearchParams(said.map(([key, value]): [string, string] => [key, String(value)])).toString()}`;
}
