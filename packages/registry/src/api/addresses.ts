import {
  fail,
  ForgeError,
  ok,
  type Ecosystem,
  type Result,
  type StoredPackage,
  type StoredVersion,
} from '@forge/ecosystems';
import { z } from 'zod';
import type { HttpConfig } from '../http/config';
import type { PackageAddress } from './route';

/** A version with the package that it is of. */
export interface FoundVersion {
  readonly ecosystem: Ecosystem;
  readonly found: StoredPackage;
  readonly version: StoredVersion;
}

/** A name goes into one segment of a path, with `%2f` for a slash in it. */
export const packageParams = z.object({
  ecosystem: z.string().describe('id of the ecosystem'),
  name: z.string().describe('name of the package in any spelling, URL-encoded'),
});

export const versionParams = packageParams.extend({
  version: z.string().describe('version in any spelling of the ecosystem'),
});

/** FORGE-R010 for an ecosystem that this server does not have. */
export function findEcosystem({ ecosystems }: HttpConfig, asked: string): Result<Ecosystem> {
  const found = ecosystems.find(({ id }) => id === asked);
  return found ? ok(found) : absent(`there is no ecosystem \`${asked}\` here`);
}

/** A package under any spelling of its name, with its ecosystem. FORGE-R010. */
export async function findPackageAt(
  config: HttpConfig,
  address: PackageAddress,
): Promise<Result<{ readonly ecosystem: Ecosystem; readonly found: StoredPackage }>> {
  const ecosystem = findEcosystem(config, address.ecosystem);
  if (!ecosystem.ok) return ecosystem;
  const { id, normalizeName } = ecosystem.value;
  const found = await config.store.catalog.package(id, normalizeName(address.name));
  if (!found) return absent(`there is no package \`${address.name}\``);
  return ok({ ecosystem: ecosystem.value, found });
}

/** The version as it was published, whatever spelling of it is asked for. FORGE-R010. */
export function nativeVersion(
  { name, versions }: StoredPackage,
  ecosystem: Ecosystem,
  asked: string,
): Result<string> {
  const { isValid, compare } = ecosystem.versions;
  const isMeant = ({ version }: { readonly version: string }) =>
    version === asked || (isValid(asked) && compare(version, asked) === 0);
  const found = versions.find(isMeant);
  return found ? ok(found.version) : absent(`\`${name}\` has no version \`${asked}\``);
}

/** One version of a package, each in any spelling. FORGE-R010. */
export async function findVersionAt(
  config: HttpConfig,
  address: PackageAddress & { readonly version: string },
): Promise<Result<FoundVersion>> {
  const at = await findPackageAt(config, address);
  if (!at.ok) return at;
  const { ecosystem, found } = at.value;
  const native = nativeVersion(found, ecosystem, address.version);
  if (!native.ok) return native;
  const version = found.versions.find((each) => each.version === native.value);
  return version ? ok({ ecosystem, found, version }) : absent(`\`${found.name}\` has changed`);
}

function absent(what: string) {
  return fail(new ForgeError('FORGE-R010', { what }));
}
