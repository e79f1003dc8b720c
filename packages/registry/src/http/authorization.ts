import type { Tokens } from '../store';
import type { DigestRealm } from './digest';

/**
 * The user of a request, in all the forms in which tools send one token: bare (cargo, gem, hex),
 * `Bearer` (npm), the password of `Basic` (twine), any other scheme before it (`X-ApiKey` of
 * cabal 3.12), and HTTP Digest (cabal before that).
 */
export async function authenticate(
  tokens: Tokens,
  request: {
    readonly method: string;
    readonly target: string;
    readonly authorization?: string | undefined;
  },
  digest: DigestRealm | undefined,
): Promise<string | undefined> {
  if (request.authorization === undefined) return undefined;
  const { scheme, value } = splitAuthorization(request.authorization);
  if (scheme === 'digest') return digest?.verify(tokens, request.method, request.target, value);
  const token = scheme === 'basic' ? passwordOf(value) : value;
  return token === '' ? undefined : tokens.userOf(token);
}

function splitAuthorization(header: string) {
  const [, scheme = '', value = ''] = /^(?:(\S+)\s+)?(.*)$/s.exec(header.trim()) ?? [];
  return { scheme: scheme.toLowerCase(), value };
}

function passwordOf(base64: string): string {
  const credentials = Buffer.from(base64, 'base64').toString('utf8');
  return credentials.slice(credentials.indexOf(':') + 1);
}
