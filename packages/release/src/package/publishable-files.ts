import {
  all,
  ok,
  splice,
  type Edit,
  type LocalLookup,
  type PublishableContext,
  type Reader,
  type Result,
} from '@forge/ecosystems';
import type { LocalEdge, PackageNode, WorkspaceModel } from '../graph/model';
import { problemsError } from '@forge/ecosystems';

/**
 * New contents, by workspace-relative path, of all manifests that name something which works only inside
 * the repository. With `shipper`, the packages that it ships as source are made to stand on their own.
 */
export function publishableFiles(
  model: WorkspaceModel,
  reader: Reader,
  shipper?: PackageNode,
): ReadonlyMap<string, Uint8Array> {
  const shipped = new Set(
    model.edges
      .filter(({ from, embed }) => from === shipper && embed?.ships === 'source')
      .map(({ to }) => to),
  );
  const edits = all(
    model.packages.map((node) => {
      const context: PublishableContext = {
        reader,
        local: lookupFrom(node, model.edges),
        ...(shipper && shipped.has(node) ? { shippedIn: shipper.root } : {}),
      };
      return editsOf(node, context);
    }),
  );
  const files = edits.ok ? splitByFile(edits.value.flat(), reader) : edits;
  if (!files.ok) throw problemsError(files.problems);
  return new Map(files.value);
}

function editsOf(node: PackageNode, context: PublishableContext): Result<readonly Edit[]> {
  const source = context.reader.read(node.manifest.file);
  return source ? node.ecosystem.format.publishable(source, node.manifest, context) : ok([]);
}

function splitByFile(
  edits: readonly Edit[],
  reader: Reader,
): Result<readonly (readonly [string, Uint8Array])[]> {
  const files = [...new Set(edits.map(({ file }) => file))];
  return all(
    files.map((file) => {
      const source = reader.read(file);
      const bytes = source ? splice(source, edits) : ok(new Uint8Array());
      return bytes.ok ? ok([file, bytes.value] as const) : bytes;
    }),
  );
}

/** The graph has matched every dependency already, by path first and by name second. */
function lookupFrom(node: PackageNode, edges: readonly LocalEdge[]): LocalLookup {
  const own = edges.filter(({ from, dependency }) => from === node && dependency);
  return ({ name, path }) => {
    const { normalizeName } = node.ecosystem;
    const byPath =
      path === undefined ? undefined : own.find(({ dependency }) => dependency?.path === path);
    const match =
      byPath ?? own.find(({ to }) => normalizeName(to.manifest.name) === normalizeName(name));
    return match?.to.manifest;
  };
}
