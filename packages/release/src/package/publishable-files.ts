import {
  all,
  ok,
  problemsError,
  splice,
  type Edit,
  type ForgeError,
  type PublishableContext,
  type Reader,
  type Result,
} from '@forge/ecosystems';
import type { EdgesBySource } from '../graph/edges';
import { groupBy } from '../graph/group-by';
import { localLookup } from '../graph/local-lookup';
import type { PackageNode } from '../graph/model';

/** What an export of the workspace shows in place of the original manifests. */
export interface PublishableFiles {
  /** New contents by workspace-relative path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Why a package has no publishable form; its manifest stays as it is. */
  readonly problems: ReadonlyMap<PackageNode, readonly ForgeError[]>;
}

/**
 * The manifests that name something which works only inside the repository, as users of a registry need them.
 * Only what leaves the repository counts: published packages, and with `shipper` the packages that it ships
 * as source, which are made to stand on their own.
 */
export function publishableFiles(
  packages: readonly PackageNode[],
  edges: EdgesBySource,
  reader: Reader,
  shipper?: PackageNode,
): PublishableFiles {
  const shipped = new Set(shipper && shippedSources(shipper, edges));
  const edits: Edit[] = [];
  const problems = new Map<PackageNode, readonly ForgeError[]>();
  for (const node of packages) {
    if (node.role !== 'published' && !shipped.has(node)) continue;
    const shippedIn = shipper && shipped.has(node) ? { shippedIn: shipper.root } : {};
    const local = localLookup(edges.get(node) ?? [], node);
    const result = editsOf(node, { reader, local, ...shippedIn });
    if (result.ok) edits.push(...result.value);
    else problems.set(node, result.problems);
  }
  const files = splitByFile(edits, reader);
  if (!files.ok) throw problemsError(files.problems);
  return { files: new Map(files.value), problems };
}

/** The packages that are inside the artifact of this one as source. */
export function shippedSources(node: PackageNode, edges: EdgesBySource): readonly PackageNode[] {
  return (edges.get(node) ?? [])
    .filter(({ embed }) => embed?.ships === 'source')
    .map(({ to }) => to);
}

function editsOf(node: PackageNode, context: PublishableContext): Result<readonly Edit[]> {
  const source = context.reader.read(node.manifest.file);
  return source ? node.ecosystem.format.publishable(source, node.manifest, context) : ok([]);
}

function splitByFile(
  edits: readonly Edit[],
  reader: Reader,
): Result<readonly (readonly [string, Uint8Array])[]> {
  return all(
    [...groupBy(edits, ({ file }) => file)].map(([file, own]) => {
      const source = reader.read(file);
      const bytes = source ? splice(source, own) : ok(new Uint8Array());
      return bytes.ok ? ok([file, bytes.value] as const) : bytes;
    }),
  );
}
