import {
  ForgeError,
  type Ecosystem,
  type Refusal,
  type WireRequest,
  type WireRoute,
} from '@forge/ecosystems';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../accounts/caller';
import { toRefusal } from '../publish/refusal';
import { credentialsOf, identify } from './authorization';
import type { HttpConfig } from './config';
import { rateOf } from '../limits/rate-limits';
import type { DigestRealm } from './digest';
import { compileRoutes, type RouteMatch } from './match-route';
import { decodeSegments, splitTarget } from './request-path';

/** What is known of a request before its body is read. */
export interface Admission {
  /** At least one; see `RouteTable`. */
  readonly matches: readonly RouteMatch[];
  /** Below the prefix, decoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly caller: Caller | undefined;
  /** Bytes of body that are taken from this caller, here. */
  readonly bodyLimit: number;
  /** The `Content-Encoding` that a body may have here. */
  readonly bodyCoding: string;
}

/** Routes below one prefix. */
export interface RouteGroup {
  readonly prefix: string;
  readonly routes: readonly WireRoute[];
}

/** From nobody, and for what is no upload: a name, a password, an identity. As in the management API. */
const smallBody = 64 * 1024;

export const tooLarge = toRefusal([
  new ForgeError('FORGE-R007', { what: 'the upload is larger than this registry takes' }),
]);
const noToken = toRefusal([
  new ForgeError('FORGE-R005', { what: 'the request carries no valid token of this registry' }),
]);

/** Judges route, token and announced size, in this order, from the head of a request alone. */
export function gatekeeper(
  { accounts, limits }: HttpConfig,
  { id, wire: { bodyLimit } }: Ecosystem,
  { prefix, routes }: RouteGroup,
  digest: DigestRealm | undefined,
): (request: FastifyRequest) => Promise<Admission | { readonly refusal: Refusal }> {
  const findRoutes = compileRoutes(routes);
  const { readsNeedToken = false } = accounts.settings;
  return async (request) => {
    const { method, headers } = request;
    const { path, query } = splitTarget(request.raw.url ?? '/');
    const segments = decodeSegments(path.slice(prefix.length));
    if (!segments || query.includes('%00'))
      return refuse('invalid', 'the path or the query has a malformed escape, or a NUL');
    const matches = findRoutes(method, segments);
    if (matches.length === 0) return refuse('not-found', `there is no ${method} here`);
    const identity = await identify(accounts, credentialsOf(request), digest);
    if ('refusal' in identity) return identity;
    const { caller } = identity;
    const needsCaller = matches.some(
      (each) => needsUser(each) || (readsNeedToken && !isOpen(each)),
    );
    if (!caller && needsCaller) {
      const subject = subjectOf(id, matches, { method, path, query: {}, headers: {} });
      const attempt = { address: request.ip, request: `${method} ${path}`, subject };
      if (matches.some(changesSomething)) await accounts.strangers.record(attempt);
      return { refusal: noToken };
    }
    const [first] = matches;
    const limited = first && limits.check(rateOf(first.route), caller?.user, request.ip);
    if (limited) return { refusal: limited };
    const takes = caller && !matches.every(isAboutTokens) ? bodyLimit : smallBody;
    if (Number(headers['content-length'] ?? 0) > takes) return { refusal: tooLarge };
    const parameters = Object.fromEntries(new URLSearchParams(query));
    const asked = { matches, path: `/${segments.join('/')}`, query: parameters };
    return { ...asked, caller, bodyLimit: takes, bodyCoding: codingOf(matches) };
  };
}

function refuse(kind: Refusal['kind'], message: string): { readonly refusal: Refusal } {
  return { refusal: { kind, message } };
}

const usersOnly: ReadonlySet<WireRoute['kind']> = new Set([
  'whoami',
  'publish',
  'attach',
  'change',
  'token',
]);

function needsUser({ route }: RouteMatch): boolean {
  return usersOnly.has(route.kind);
}

/** Lists of tokens and names of users are read. */
function changesSomething(match: RouteMatch): boolean {
  return needsUser(match) && match.route.kind !== 'whoami' && match.route.method !== 'GET';
}

/** What a request is about, as far as its head says so. */
function subjectOf(
  ecosystem: string,
  matches: readonly RouteMatch[],
  head: Omit<WireRequest, 'params' | 'body'>,
): string {
  const names = matches.flatMap(({ route, params }) =>
    route.kind === 'change'
      ? route.packageName({ ...head, params, body: new Uint8Array() }) || []
      : [],
  );
  return [ecosystem, ...names.slice(0, 1)].join(':');
}

/** Whether a route changes something for a token, or is about those that there are. */
function isAboutTokens({ route }: RouteMatch): boolean {
  return route.kind === 'sign-in' || route.kind === 'token';
}

function codingOf(matches: readonly RouteMatch[]): string {
  return matches.map(({ route }) => (route.kind === 'attach' && route.coding) || '').join('');
}

/** Whether a route answers everybody, also where reads need a token. */
function isOpen({ route }: RouteMatch): boolean {
  return route.isOpen === true || route.kind === 'sign-in';
}
