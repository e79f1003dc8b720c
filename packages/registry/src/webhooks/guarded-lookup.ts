import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { insideProblem } from './check-target';
import { isPublicAddress } from './public-address';

/** How a name is resolved; a test puts another one in its place. */
export type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves a name for one connection and refuses addresses that are not public. The address that is looked at is the
 * one that is connected to: asking twice would let a name answer differently the second time.
 */
export function guardedLookup(resolveName: Resolve = resolve): LookupFunction {
  return (host, options, done) => {
    resolveName(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const inside = error ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
      if (error || inside || !first) return done(error ?? insideProblem(host), '', 0);
      if (options.all) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };
}
