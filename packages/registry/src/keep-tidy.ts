import { expireDrafts } from './drafts/rows';
import type { Store } from './store';

const hourMs = 60 * 60 * 1000;

type Tidied = Pick<Store, 'db' | 'collect'>;

/** Closes drafts that nobody published in time, and takes away bytes to which nobody refers: now also those of such drafts. */
export async function tidyUp(store: Tidied, now: Date): Promise<void> {
  await expireDrafts(store.db, now);
  await store.collect();
}

/** Tidies up once an hour, while the server runs. Several servers over one database may do so at the same time. */
export function keepTidy(
  store: Tidied,
  now: () => Date,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => (running = tidyUp(store, now()).catch(onError)), hourMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}
