import { fail, ForgeError, ok, parseJson, type Result } from '@forge/ecosystems';
import { z } from 'zod';
import { get, isAsSafe } from '../../upstream/get';

/** A JSON Web Key Set (RFC 7517), its keys not looked at yet. */
export interface KeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** The public keys of the providers of identities that a server trusts. */
export interface ProviderKeys {
  /** `anew`: not those that are remembered, because one is missing in them. FORGE-R050. */
  of(issuer: string, anew?: boolean): Promise<Result<KeySet>>;
}

const limit = 256 * 1024;
const heldMs = 10 * 60_000;
/** Whoever sends tokens with made-up keys, or at a time when the provider is away, makes us ask no oftener than this. */
const pauseMs = 30_000;

const configuration = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

interface Since<T> {
  readonly at: number;
  readonly value: T;
}

/**
 * Keys as OpenID Connect Discovery 1.0 finds them; no redirect is followed. Those that were found hold for ten minutes,
 * whatever the provider answers meanwhile.
 */
export function providerKeys(now: () => Date): ProviderKeys {
  const held = new Map<string, Since<KeySet>>();
  const asked = new Map<string, Since<Promise<Result<KeySet>>>>();
  const within = <T>(since: Since<T> | undefined, ms: number): T | undefined =>
    since && now().getTime() - since.at < ms ? since.value : undefined;
  return {
    async of(issuer, anew = false) {
      const known = anew ? undefined : within(held.get(issuer), heldMs);
      if (known) return ok(known);
      const asking = within(asked.get(issuer), pauseMs);
      if (asking) return asking;
      const at = now().getTime();
      const answer = discover(issuer);
      asked.set(issuer, { at, value: answer });
      const found = await answer;
      if (found.ok) held.set(issuer, { at, value: found.value });
      return found;
    },
  };
}

async function discover(issuer: string): Promise<Result<KeySet>> {
  const at = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found = await read(at, configuration);
  if (!found.ok) return found;
  if (found.value.issuer !== issuer || !isAsSafe(found.value.jwks_uri, issuer))
    return unreachable(`${at} is of another provider`);
  return read(found.value.jwks_uri, keySet);
}

async function read<T>(url: string, schema: z.ZodType<T>): Promise<Result<T>> {
  const headers = { accept: 'application/json' };
  const options = { whom: 'the provider of identities', headers, limit, redirects: 0 };
  const answer = await get(url, { ...options, timeoutMs: 5000 });
  if (!answer.ok) return unreachable(answer.problems.map(({ what }) => what).join('; '));
  if (answer.value.status !== 200) return unreachable(`${url} answers ${answer.value.status}`);
  const parsed = schema.safeParse(parseJson(answer.value.body));
  return parsed.success ? ok(parsed.data) : unreachable(`${url} is not what it should be`);
}

function unreachable(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R050', { what }));
}
