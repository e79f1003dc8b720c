import type { Blobs } from './blobs/blobs';
import { registeredBlobs } from './blobs/registered';
import { openCatalog, type Catalog } from './catalog';
import { collectBlobs, type Collected } from './collect';
import type { Database } from './database';
import { loadKeys, type Keys } from './keys';
import { migrate } from './migrate';
import { openPlace, takePlace, type StoreOptions } from './place';
import type { Secrets } from './secrets';

/** Everything that the server keeps. */
export interface Store {
  readonly db: Database;
  readonly catalog: Catalog;
  readonly blobs: Blobs;
  readonly keys: Keys;
  readonly secrets: Secrets;
  /** Deletes the bytes that nobody refers to and that are older than this; default: a day. */
  collect(keepForMs?: number): Promise<Collected>;
  close(): Promise<void>;
}

/** Opens the store, made if it is not there. FORGE-R008 for a directory in use, R020 to R022 for a database. */
export async function openStore(options: StoreOptions = {}): Promise<Store> {
  const place = await takePlace(options);
  // A key takes as long as the database, and where it stands elsewhere nothing has to wait.
  const early = place.secrets && loadKeys(place.secrets);
  // A failure of it is told below, when there is something to close.
  early?.catch(() => undefined);
  const { db, blobs, secrets, close } = await openPlace(place);
  try {
    await migrate(db);
    return {
      db,
      catalog: openCatalog(db),
      blobs: registeredBlobs(db, blobs),
      secrets,
      keys: await (early ?? loadKeys(secrets)),
      collect: (keepForMs) => collectBlobs(db, blobs, keepForMs),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
