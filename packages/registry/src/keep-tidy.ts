import type { Store } from './store';

const hourMs = 60 * 60 * 1000;

/**
 * Once an hour, while the server runs: takes away bytes that nobody refers to. Several servers over one database may
 * do so at the same time.
 */
export function keepTidy(
  store: Pick<Store, 'collect'>,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const tidy = async () => {
    try {
      await store.collect();
    } catch (error) {
      onError(error);
    }
  };
  const timer = setInterval(() => (running = tidy()), hourMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}
