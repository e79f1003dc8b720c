import { ForgeError, type Refusal } from '@forge/ecosystems';
import { ownersOf, type Queryable } from '../store';
import { toRefusal } from './refusal';

/** What is said to a user who is no owner of the package: who is. Owners are no secret. */
export async function notOwner(
  tx: Queryable,
  packageId: number,
  of: { readonly name: string; readonly version?: string },
): Promise<Refusal> {
  const owners = await ownersOf(tx, packageId);
  const what = `\`${of.name}\` belongs to ${owners.join(', ')}`;
  const { name, version } = of;
  const problem = new ForgeError('FORGE-R009', { what });
  return toRefusal([problem], { name, ...(version === undefined ? {} : { version }) });
}
