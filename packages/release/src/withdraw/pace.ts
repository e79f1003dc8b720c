import { waitOf, type HttpRequest, type HttpResponse } from '@forge/ecosystems';
import type { World } from '../effects/world';
import type { PublishUnit } from '../plan/publish-unit';
import { backoffs, defaultDeadlines, pauseAfter } from '../configuration/deadlines';
import { duration } from '../plan/duration';
import { patiently, questions, type Ask } from '../publish/questions';
import type { ReaderOf } from '../credentials/readers';
import { registryGates } from '../plan/registry-gate';

/** Is told of every wait, for people. */
export type OnWait = (unit: PublishUnit, milliseconds: number, why: string) => void;

/** How fast one withdrawal may go: the limits of each registry, and what it has asked for by an answer of 429. */
export interface Pace {
  readonly now: () => number;
  /** Puts a question; while there is no answer it is put again, for a while. */
  readonly ask: Ask;
  /** Waits until the registry of a unit may be changed; answers why not, where that is too long. */
  turn(unit: PublishUnit): Promise<string | undefined>;
  /** Sends what changes a registry. */
  send(unit: PublishUnit, request: HttpRequest): Promise<HttpResponse>;
  /** Waits for another try, after so many without a good answer; false when there is no time for one. */
  again(unit: PublishUnit, tries: number, why: string): Promise<boolean>;
}

export function paceOf(world: World, onWait: OnWait = () => undefined, readerOf?: ReaderOf): Pace {
  const gates = registryGates(world.now());
  const troubledSince = new Map<PublishUnit, number>();
  const wait = async (unit: PublishUnit, milliseconds: number, why: string): Promise<void> => {
    onWait(unit, milliseconds, why);
    await world.sleep(milliseconds);
  };
  return {
    now: () => world.now(),
    ask: patiently(questions(world, gates, readerOf), world, gates),
    async turn(unit) {
      const gate = gates(unit);
      // Where a registry limits what is sent to it, what takes something back counts like an upload.
      const pause = Math.max(gate.turn(['upload'], world.now()).wait, gate.held(world.now()));
      const why = `its turn comes in ${duration(pause)}`;
      if (pause > defaultDeadlines.limitWithin) return why;
      if (pause > 0) await wait(unit, pause, why);
      return undefined;
    },
    async send(unit, request) {
      const response = await world.request(request);
      const now = world.now();
      const asked = response.status === 429 ? (waitOf(response.headers, now) ?? 0) : 0;
      gates(unit).hold(now + asked);
      return response;
    },
    async again(unit, tries, why) {
      const now = world.now();
      const since = troubledSince.get(unit) ?? now;
      troubledSince.set(unit, since);
      const pause = Math.max(gates(unit).held(now), pauseAfter(backoffs.throttled, tries));
      if (now + pause - since > defaultDeadlines.retryWithin) return false;
      await wait(unit, pause, why);
      return true;
    },
  };
}
