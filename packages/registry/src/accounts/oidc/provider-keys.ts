import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { z } from 'zod';
import { get } from '../../upstream/get';

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
const rememberedMs = 10 * 60_000;
/** Whoever sends tokens with made-up keys makes us ask no oftener than this. */
const pauseMs = 30_000;

const configuration = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

interface Remembered {
  readonly at: number;
  readonly keys: Promise<Result<KeySet>>;
}

/** Keys as OpenID Connect Discovery 1.0 finds them; no redirect is followed. */
export function providerKeys(now: () => Date): ProviderKeys {
  const remembered = new Map<string, Remembered>();
  return {
    async of(issuer, anew = false) {
      const known = remembered.get(issuer);
      const age = known ? now().getTime() - known.at : Infinity;
      if (known && age < (anew ? pauseMs : rememberedMs)) return known.keys;
      const keys = discover(issuer);
      remembered.set(issuer, { at: now().getTime(), keys });
      const found = await keys;
      if (!found.ok) remembered.delete(issuer);
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
  const keys = await read(found.value.jwks_uri, keySet);
  return keys;
}

async function read<T>(url: string, schema: z.ZodType<T>): Promise<Result<T>> {
  const headers = { accept: 'application/json' };
  const answer = await get(url, { headers, limit, timeoutMs: 5000, redirects: 0 });
  if (!answer.ok) return unreachable(answer.problems.map(({ what }) => what).join('; '));
  if (answer.value.status !== 200) return unreachable(`${url} answers ${answer.value.status}`);
  const parsed = schema.safeParse(parseJson(answer.value.body));
  return parsed.success ? ok(parsed.data) : unreachable(`${url} is not what it should be`);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // The same answer as for JSON of another shape.
    return undefined;
  }
}

function isAsSafe(target: string, source: string): boolean {
  if (!URL.canParse(target)) return false;
  const { protocol } = new URL(target);
  return protocol === 'https:' || (protocol === 'http:' && source.startsWith('http:'));
}

function unreachable(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R050', { what }));
}
