import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address';

/** Where webhooks may lead. */
export interface TargetRules {
  /** True where they may lead to this machine and to private networks, and go without TLS. */
  readonly allowPrivate: boolean;
}

/**
 * The URL as it is used, so far as it can be judged without asking for names; those are judged each time when they are
 * resolved. FORGE-R080 for what is no URL of the web, FORGE-R081 for one that leads inside.
 */
export function checkTarget(text: string, { allowPrivate }: TargetRules): Result<URL> {
  if (!URL.canParse(text)) return invalid(`\`${text}\` is no URL`);
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return invalid(`\`${url.protocol}\` is not a protocol of the web`);
  if (url.username !== '' || url.password !== '')
    return invalid(
      'the URL holds a user or a password, which everybody who sees the list would see',
    );
  if (allowPrivate) return ok(url);
  if (url.protocol === 'http:') return invalid('the URL goes without TLS: use `https`');
  return isInside(hostOf(url)) ? leadsInside(url.hostname) : ok(url);
}

/** The host without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** FORGE-R081, also for a name that was resolved to such an address. */
export function insideProblem(host: string): ForgeError {
  return new ForgeError('FORGE-R081', {
    what: `\`${host}\` is this machine or in a private network`,
  });
}

function isInside(host: string): boolean {
  if (isIP(host) > 0) return !isPublicAddress(host);
  return /(?:^|\.)(?:localhost|local|internal)\.?$/i.test(host) || !host.includes('.');
}

function leadsInside(host: string): Result<never> {
  return fail(insideProblem(host));
}

function invalid(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R080', { what }));
}
