import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';
import type { Cause } from './causes';

/** A version that a package gets: the release's canonical string and the package's own spelling of it. */
export interface Target {
  readonly canonical: string;
  readonly native: string;
  readonly cause: Cause;
}

export type Targets = ReadonlyMap<PackageNode, Target>;

/** Canonical, or a version of the ecosystem's own that SemVer cannot say. FORGE-V002 for what it cannot spell. */
export function spellNative(
  { ecosystem: { versions } }: Pick<PackageNode, 'ecosystem'>,
  canonical: string,
): Result<string> {
  const translated = versions.toNative(canonical);
  return translated.ok || !versions.isValid(canonical) ? translated : ok(canonical);
}

/** By the order of the package's own ecosystem; false where that cannot spell the other version. */
export function isHigher(
  node: Pick<PackageNode, 'ecosystem'>,
  { native }: Pick<Target, 'native'>,
  other: Pick<Target, 'canonical'>,
): boolean {
  const known = spellNative(node, other.canonical);
  return known.ok && node.ecosystem.versions.compare(native, known.value) > 0;
}

/** FORGE-V002 for what the ecosystem cannot spell, FORGE-V005 for a version that would go down. */
export function targetOf(node: PackageNode, canonical: string, cause: Cause): Result<Target> {
  const native = spellNative(node, canonical);
  if (!native.ok) return native;
  const { ecosystem, manifest } = node;
  const current = manifest.version.value;
  if (current === null || ecosystem.versions.compare(native.value, current) >= 0)
    return ok({ canonical, native: native.value, cause });
  return fail(
    new ForgeError('FORGE-V005', {
      what: `\`${manifest.name}\` is at \`${current}\` and would go down to \`${native.value}\``,
      where: { file: manifest.version.file },
    }),
  );
}
