import type { RateLimit } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';
import { registryGates } from './registry-gate';
import { app, toyUnit } from '../publish/testing/toy-world';
import { tokenBucket } from './token-bucket';

const minute = 60_000;
const limit: RateLimit = {
  ...{ on: 'new-version', requests: 1, perMs: minute, burst: 2 },
  source: 'https://registry.example/limits',
};

/** The toy, as if its endpoints were those of a public registry with limits. */
function limited(...limits: readonly RateLimit[]) {
  const unit = toyUnit(app);
  const ecosystem = Object.defineProperties({}, Object.getOwnPropertyDescriptors(app.ecosystem));
  Object.assign(ecosystem, { publicEndpoints: unit.endpoints, limits });
  return { ...unit, node: { ...app, ecosystem: ecosystem as PackageNode['ecosystem'] } };
}

describe('a token bucket', () => {
  it('gives its burst at once, and then one after the other', () => {
    const take = tokenBucket(limit, 0);
    expect([take(0), take(0), take(0), take(0)]).toEqual([0, 0, minute, 2 * minute]);
  });

  it('fills up with time, to its burst and no further', () => {
    const take = tokenBucket(limit, 0);
    for (const at of [0, 0]) take(at);
    expect(take(minute / 2)).toBe(minute / 2);
    const later = 100 * minute;
    expect([take(later), take(later), take(later)]).toEqual([0, 0, minute]);
  });

  it('counts requests by the time that they are given for', () => {
    const take = tokenBucket({ ...limit, requests: 10, perMs: 1000, burst: 10 }, 0);
    const waits = Array.from({ length: 30 }, () => take(0));
    expect([waits[9], waits[10], waits[29]]).toEqual([0, 100, 2000]);
  });
});

describe('the gate of a registry', () => {
  it('knows the limits of a public registry, by what is done', () => {
    const gate = registryGates(0)(limited(limit));
    const turns = [1, 2, 3].map(() => gate.turn(['upload', 'new-version'], 0));
    expect(turns).toEqual([{ wait: 0 }, { wait: 0 }, { wait: minute, limit }]);
    expect(gate.turn(['upload', 'new-package'], 0)).toEqual({ wait: 0 });
    expect([gate.limits('new-version'), gate.limits('read')]).toEqual([true, false]);
  });

  it('knows none of another registry, until that asks to wait', () => {
    const elsewhere = { ...limited(limit), endpoints: { api: 'http://127.0.0.1:5000/toy' } };
    const gate = registryGates(0)(elsewhere);
    for (let at = 0; at < 10; at += 1) expect(gate.turn(['new-version'], 0).wait).toBe(0);
    gate.hold(500);
    gate.hold(300);
    expect([gate.held(0), gate.held(400), gate.held(600)]).toEqual([500, 100, 0]);
  });

  it('is one for all units of a registry, and another for another registry', () => {
    const gates = registryGates(0);
    const unit = limited(limit);
    expect(gates(unit)).toBe(gates({ ...unit }));
    expect(gates({ ...unit, endpoints: { api: 'http://127.0.0.1:5000/toy' } })).not.toBe(
      gates(unit),
    );
  });
});
