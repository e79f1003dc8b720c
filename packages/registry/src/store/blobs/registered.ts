import type { Database } from '../database';
import { gathered } from '../gathered';
import type { Blobs } from './blobs';

interface Named {
  readonly sha256: string;
  readonly size: number;
}

/** One statement takes less; one that takes more waits for a blob that is being collected, which S3 may take long for. */
const patienceMs = 100;

/**
 * Blobs whose names stand in the database before their bytes are stored, so that what is left of an upload that was
 * cut off can be found. What refers to a blob does so by a foreign key: bytes that were collected meanwhile make a
 * publish fail, and never a version without bytes.
 */
export function registeredBlobs(db: Database, blobs: Blobs): Blobs {
  const register = gathered(async (named: readonly Named[]) => {
    // Waits for a collection of these very blobs (see `collect.ts`), and then stores them anew. Always in one order,
    // so that servers do not wait for each other.
    await db.query(
      `insert into blobs as b (sha256, size, stored_at)
      select distinct on (sha256) sha256, size, now()
      from json_to_recordset($1::json) as n (sha256 text, size bigint) order by sha256
      on conflict (sha256) do update set stored_at = now()
        where b.stored_at < now() - interval '1 hour'`,
      [JSON.stringify(named)],
    );
    return named;
  }, patienceMs);
  return {
    ...blobs,
    async put(sha256, bytes) {
      await register({ sha256, size: bytes.byteLength });
      await blobs.put(sha256, bytes);
    },
  };
}
