import type { Ecosystem, RateLimit } from '@forge/ecosystems';
import { isPublicRegistry } from '../configuration/public-registry';
import type { PublishUnit } from './publish-unit';
import { tokenBucket } from './token-bucket';

type Subject = RateLimit['on'];

/** What one registry allows this run, as far as it is written down or the registry has told. */
export interface RegistryGate {
  /** Takes a turn: milliseconds until it comes, and the limit that says so. */
  turn(on: readonly Subject[], now: number): { readonly wait: number; readonly limit?: RateLimit };
  limits(on: Subject): boolean;
  /** The registry has asked everybody to wait until then. */
  hold(until: number): void;
  /** Milliseconds until that time. */
  held(now: number): number;
}

/** One gate for each registry, for the units of one run. */
export type Gates = (unit: Pick<PublishUnit, 'node' | 'endpoints'>) => RegistryGate;

export function registryGates(now: number): Gates {
  const gates = new Map<string, RegistryGate>();
  return ({ node: { ecosystem }, endpoints }) => {
    const key = `${ecosystem.id} ${Object.values(endpoints).join(' ')}`;
    const known = gates.get(key) ?? openGate(limitsAt(ecosystem, endpoints), now);
    gates.set(key, known);
    return known;
  };
}

/** Limits are known of the public registry only. Any other tells its own by an answer of 429. */
function limitsAt(ecosystem: Ecosystem, endpoints: PublishUnit['endpoints']): readonly RateLimit[] {
  return isPublicRegistry(ecosystem, endpoints) ? (ecosystem.limits ?? []) : [];
}

function openGate(limits: readonly RateLimit[], start: number): RegistryGate {
  const buckets = limits.map((limit) => ({ limit, take: tokenBucket(limit, start) }));
  let openFrom = start;
  return {
    turn(on, now) {
      const turns = buckets
        .filter(({ limit }) => on.includes(limit.on))
        .map(({ limit, take }) => ({ limit, wait: take(now) }));
      return turns.reduce<{ wait: number; limit?: RateLimit }>(
        (longest, turn) => (turn.wait > longest.wait ? turn : longest),
        { wait: 0 },
      );
    },
    limits: (on) => buckets.some(({ limit }) => limit.on === on),
    hold: (until) => void (openFrom = Math.max(openFrom, until)),
    held: (now) => Math.max(0, openFrom - now),
  };
}
