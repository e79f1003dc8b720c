import { openStore, replaceTokens, type Store, type StoreOptions } from '../store';

/** Opens a store in which there is one user: `forge`. */
export async function openStoreOfForge(options?: StoreOptions): Promise<Store> {
  const store = await openStore(options);
  const now = new Date('2026-01-01T00:00:00Z');
  await replaceTokens(store.db, { forge: 'a_token_that_is_long_enough' }, [], now);
  return store;
}
