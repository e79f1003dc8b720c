import { ForgeError } from '@forge/ecosystems';
import { z } from 'zod';

/** Whose tokens are made. */
export interface TokenOwner {
  /** Of the server. */
  readonly url: string;
  readonly name: string;
  readonly password: string;
}

/** What is asked of the server for a token. */
export interface WantedToken {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expires_in_days?: number;
}

export interface FetchedToken {
  readonly id: number;
  readonly token: string;
}

const made = z.object({ id: z.number(), token: z.string() });
const refused = z.object({ message: z.string() });

/** Has a token made. FORGE-R043 where the server gives none. */
export async function fetchToken(owner: TokenOwner, wanted: WantedToken): Promise<FetchedToken> {
  const response = await ask(owner, 'POST', '', JSON.stringify(wanted));
  const answered = parse(await response.text());
  const { data } = made.safeParse(answered);
  if (response.status === 201 && data) return data;
  const message = refused.safeParse(answered).data?.message ?? `it answers ${response.status}`;
  throw new ForgeError('FORGE-R043', { what: `${owner.url} gives no token: ${message}` });
}

/** Ends a token; whether the server did. */
export async function revokeToken(owner: TokenOwner, { id }: FetchedToken): Promise<boolean> {
  const response = await ask(owner, 'DELETE', `/${id}`).catch(() => undefined);
  return response?.status === 204;
}

function ask(
  { url, name, password }: TokenOwner,
  method: string,
  path: string,
  body?: string,
): Promise<Response> {
  const basic = Buffer.from(`${name}:${password}`).toString('base64');
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return fetch(`${url}/api/v1/users/me/tokens${path}`, {
    method,
    headers: { authorization: `Basic ${basic}`, ...type },
    redirect: 'error',
    ...(body === undefined ? {} : { body }),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of a proxy, perhaps: the same answer as for JSON of another shape.
    return undefined;
  }
}
