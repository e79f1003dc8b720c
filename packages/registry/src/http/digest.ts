import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { TokenGrant, Tokens } from '../store';
import { publicPathOf } from './base-url';
import type { HttpConfig } from './config';

const nonceLifetimeMs = 5 * 60 * 1000;

/**
 * HTTP Digest (RFC 7616, MD5, qop=auth) for the one client that speaks nothing else over plain http:
 * it runs `curl --digest`, which probes with an empty body and expects a challenge.
 * Where curl and wget are not installed it speaks HTTP by itself (3.4): it takes a challenge only if every
 * value is quoted (so none names the algorithm; MD5 is the default), answers as RFC 2069 has it, without
 * `cnonce` and `nc`, and gives the whole URL for `uri`.
 * A nonce is a time with our signature, so that none has to be kept; it can be used again until it expires.
 */
export interface DigestRealm {
  /** Value of `WWW-Authenticate`. */
  challenge(): string;
  verify(
    tokens: Tokens,
    method: string,
    target: string,
    value: string,
  ): Promise<TokenGrant | undefined>;
}

/** The key of nonces is the same for all servers over one database. */
export function digestRealm(realm: string, config: HttpConfig): DigestRealm {
  const { now } = config;
  const secret = config.accounts.nonceKey;
  // What a proxy takes away from paths; clients sign the whole.
  const publicPath = publicPathOf(config);
  const sign = (time: string) => createHmac('sha256', secret).update(time).digest('base64url');
  const makeNonce = () => {
    const time = now().getTime().toString(36);
    return `${time}.${sign(time)}`;
  };
  const isFresh = (nonce: string) => {
    const [time = '', signature = ''] = nonce.split('.');
    const age = now().getTime() - parseInt(time, 36);
    return isEqual(signature, sign(time)) && age >= 0 && age < nonceLifetimeMs;
  };
  return {
    challenge: () => `Digest realm="${realm}", qop="auth", nonce="${makeNonce()}"`,
    async verify(tokens, method, target, value) {
      const fields = parseDigest(value);
      const { username = '', nonce = '', response = '', uri = '' } = fields;
      const isAsked = [target, `${publicPath}${target}`].includes(targetOf(uri));
      if (fields['realm'] !== realm || !isAsked || !isFresh(nonce)) return undefined;
      const candidates = await tokens.ofUser(username, realm, now());
      return candidates.find(({ ha1 }) => isEqual(response, expectedResponse(ha1, method, fields)));
    },
  };
}

type DigestFields = Readonly<Record<string, string>>;

function expectedResponse(ha1: string, method: string, fields: DigestFields): string {
  const { nonce = '', nc, cnonce, qop = '', uri = '' } = fields;
  const ha2 = md5(`${method}:${uri}`);
  if (nc === undefined && cnonce === undefined) return md5(`${ha1}:${nonce}:${ha2}`);
  return md5(`${ha1}:${nonce}:${nc ?? ''}:${cnonce ?? ''}:${qop}:${ha2}`);
}

/** Path and query of a URL; a path as it is. */
function targetOf(uri: string): string {
  return uri.replace(/^https?:\/\/[^/?#]*/i, '');
}

/** `name="value"` or `name=value`, separated by commas. */
function parseDigest(value: string): DigestFields {
  const pairs = value.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))/g);
  return Object.fromEntries(
    [...pairs].map(([, name = '', quoted, bare = '']) => [
      name.toLowerCase(),
      quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'),
    ]),
  );
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}
