import { ForgeError } from '@forge/ecosystems';

/** What `--public-url` says, without a trailing slash. FORGE-C001 for what is no address of a server. */
export function givenPublicUrl(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const { protocol = '', search = '', hash = '', username = '', password = '' } = url ?? {};
  if (url && /^https?:$/.test(protocol) && `${search}${hash}${username}${password}` === '')
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  const what = '`--public-url` is no http or https address of a server, with a path perhaps';
  throw new ForgeError('FORGE-C001', { what, fix: 'see `forge-registry --help`' });
}
