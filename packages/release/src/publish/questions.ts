import type { HttpRequest, HttpResponse } from '@forge/ecosystems';
import { waitOf } from '@forge/ecosystems';
import type { World } from '../effects/world';
import type { PublishUnit } from '../plan/publish-unit';
import { backoffs, pauseAfter } from '../configuration/deadlines';
import type { Gates } from '../plan/registry-gate';
import { questionSlots } from '../effects/slots';
import { askingAs, type ReaderOf } from '../credentials/readers';

/** Sends a request that reads, in the name of a unit. */
export type Ask = (unit: PublishUnit, request: HttpRequest) => Promise<HttpResponse>;

/**
 * Asks as fast as the registry's limits let us, and as `readerOf` says where strangers are told nothing. An answer of
 * 429 holds back everybody who asks that registry.
 */
export function questions(
  world: World,
  gates: Gates,
  readerOf: ReaderOf = async () => undefined,
): Ask {
  const slot = questionSlots();
  const askAs = askingAs(readerOf);
  return async (unit, request) => {
    const gate = gates(unit);
    const { wait } = gate.turn(['read'], world.now());
    if (wait > 0) await world.sleep(wait);
    const response = await askAs(unit, request, (each) => slot(() => world.request(each)));
    if (response.status === 429) {
      const now = world.now();
      gate.hold(now + (waitOf(response.headers, now) ?? backoffs.throttled.first));
    }
    return response;
  };
}

/** How long a run insists on answers before it takes a registry for out of reach. */
const patience = 15_000;

/**
 * Asks again while there is no answer. Patience is with a registry and not with a question: it counts from the
 * first question that got no answer since the last one that did, so that a dead registry costs it once.
 */
export function patiently(ask: Ask, world: World, gates: Gates): Ask {
  const silentSince = new Map<object, number>();
  return async (unit, request) => {
    const gate = gates(unit);
    for (let tries = 1; ; tries += 1) {
      const response = await ask(unit, request);
      if (isAnswer(response)) {
        silentSince.delete(gate);
        return response;
      }
      const now = world.now();
      const since = silentSince.get(gate) ?? now;
      silentSince.set(gate, since);
      const pause = Math.max(gate.held(now), pauseAfter(backoffs.unreachable, tries));
      if (now + pause - since > patience) return response;
      await world.sleep(pause);
    }
  };
}

/** The world answers 0 for a request that reached nobody. */
function isAnswer({ status }: HttpResponse): boolean {
  return status !== 0 && status !== 429 && status < 500;
}
