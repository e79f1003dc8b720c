import type { Database } from '../database';
import type { Blobs } from './blobs';

/**
 * Blobs whose names stand in the database before their bytes are stored, so that what is left of an upload that was
 * cut off can be found. What refers to a blob does so by a foreign key: bytes that were collected meanwhile make a
 * publish fail, and never a version without bytes.
 */
export function registeredBlobs(db: Database, blobs: Blobs): Blobs {
  return {
    ...blobs,
    async put(sha256, bytes) {
      // Waits for a collection of this very blob (see `collect.ts`), and then stores it anew.
      await db.query(
        `insert into blobs as b (sha256, size, stored_at) values ($1, $2, now())
        on conflict (sha256) do update set stored_at = now()
          where b.stored_at < now() - interval '1 hour'`,
        [sha256, bytes.byteLength],
      );
      await blobs.put(sha256, bytes);
    },
  };
}
