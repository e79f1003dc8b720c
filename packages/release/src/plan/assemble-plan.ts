import { ok, placeAt, uniqueEdits, type Edit, type Reader, type Result } from '@forge/ecosystems';
import type { PackageNode, WorkspaceModel } from '../graph/model';
import { publishUpstream } from '../graph/order';
import { byIdentity, publishWaves } from './publish-order';
import type { PlannedEdit, PlannedPackage, ReleasePlan } from './release-plan';
import type { Target } from './release-planner';

/** The plan of a set of versions: packages in the order of publishing, edits in the order of files. */
export function assemblePlan(
  model: WorkspaceModel,
  targets: ReadonlyMap<PackageNode, Target>,
  edits: readonly Edit[],
  reader: Reader,
): Result<ReleasePlan> {
  const nodes = [...targets.keys()].sort(byIdentity);
  const published = nodes.filter(({ role }) => role === 'published');
  const waves = publishWaves(published, publishUpstream(model));
  if (!waves.ok) return waves;
  const packages = [
    ...waves.value.flatMap((wave, index) =>
      wave.map((node) => plannedPackage(node, targets, index + 1)),
    ),
    ...nodes
      .filter(({ role }) => role !== 'published')
      .map((node) => plannedPackage(node, targets)),
  ];
  return ok({
    formatVersion: 1,
    packages,
    edits: uniqueEdits(edits).map((edit) => withLine(edit, reader)),
  });
}

function plannedPackage(
  node: PackageNode,
  targets: ReadonlyMap<PackageNode, Target>,
  wave?: number,
): PlannedPackage {
  const { native, canonical } = targets.get(node) as Target;
  return {
    project: node.project,
    ecosystem: node.ecosystem.id,
    name: node.manifest.name,
    manifest: node.manifest.file,
    from: node.manifest.version.value,
    to: native,
    canonical,
    ...(wave === undefined ? {} : { wave }),
  };
}

function withLine(edit: Edit, reader: Reader): PlannedEdit {
  const source = reader.read(edit.file);
  if (!source) return { ...edit, line: 1 };
  const before = Buffer.from(source.bytes.subarray(0, edit.start)).toString(source.encoding);
  return { ...edit, line: placeAt({ ...source, text: before }, before.length).line ?? 1 };
}
