import type { ForgeError, Reader } from '@forge/ecosystems';
import { localLookup } from '../graph/local-lookup';
import type { LocalEdge, PackageNode } from '../graph/model';

/**
 * FORGE-A006 for a dependency by path alone that no registry could serve, long before the package is packed. One
 * that can be served is no problem: it gets the usual requirement on the version which it has here, in the export
 * that is packed.
 */
export function unservableNeeds(
  node: PackageNode,
  edges: readonly LocalEdge[],
  reader: Reader,
): readonly ForgeError[] {
  const { manifest, ecosystem, role } = node;
  const hasBarePath = manifest.dependencies.some(
    ({ kind, path, requirement }) => kind !== 'dev' && path !== undefined && requirement === null,
  );
  const source = role === 'published' && hasBarePath ? reader.read(manifest.file) : undefined;
  if (!source) return [];
  const local = localLookup(edges, node);
  const edits = ecosystem.format.publishable(source, manifest, { reader, local });
  return edits.ok ? [] : edits.problems;
}
