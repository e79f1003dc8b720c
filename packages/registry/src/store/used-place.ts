import { ForgeError } from '@forge/ecosystems';
import { findSchema, refuseNewer } from './migrate';
import { migrations } from './migrations';
import { isUsed, openPlace, takePlace, type Parts, type StoreOptions } from './place';

/**
 * Opens a place that a registry has used, as it is: nothing is made there, and no schema brought up to date. FORGE-R027
 * where there is no registry, R008 while one has the directory, R022 for what a newer one wrote.
 */
export async function openUsedPlace(options: StoreOptions): Promise<Parts> {
  if (!(await isUsed(options))) throw nothingThere(options);
  const parts = await openPlace(await takePlace(options), []);
  try {
    const schema = await findSchema(parts.db);
    if (schema.length === 0) throw nothingThere(options);
    refuseNewer(schema, migrations);
    return parts;
  } catch (error) {
    await parts.close();
    throw error;
  }
}

function nothingThere({ data, database }: StoreOptions): ForgeError {
  // The URL of a database may hold a password.
  const place = database === undefined ? `\`${data}\`` : 'the database';
  return new ForgeError('FORGE-R027', { what: `${place} holds no registry` });
}
