import type { ForgeError, Reader } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';

/**
 * Why a manifest that shows no version cannot be given one: it is missing (FORGE-M005) or computed (FORGE-M007).
 * Empty where it shows one, and where nothing has to be written because a tag says it.
 */
export function versionProblems(node: PackageNode, reader: Reader): readonly ForgeError[] {
  const { manifest, ecosystem } = node;
  if (manifest.version.value !== null) return [];
  const source = reader.read(manifest.file);
  const version = ecosystem.versions.toNative('0.0.0');
  if (!source || !version.ok) return [];
  const planned = ecosystem.format.plan(source, { version: version.value }, reader);
  return planned.ok ? [] : planned.problems;
}
