import { ok, uniqueEdits, type Edit, type Reader, type Result } from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
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
    edits: withLines(uniqueEdits(edits), reader),
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

/** `edits` are sorted by file and position, so that each file is walked once. */
function withLines(edits: readonly Edit[], reader: Reader): PlannedEdit[] {
  return [...groupBy(edits, ({ file }) => file)].flatMap(([file, own]) => {
    const source = reader.read(file);
    const lineAt = source ? lineCounter(source.bytes) : () => 1;
    return own.map((edit) => ({ ...edit, line: lineAt(edit.start) }));
  });
}

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/** 1-based lines of byte offsets that only grow. Lines end with `\n`, `\r\n` or a lone `\r`. */
function lineCounter(bytes: Uint8Array): (offset: number) => number {
  let [at, line] = [0, 1];
  return (offset) => {
    for (; at < offset; at += 1) {
      const ends =
        bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] !== lineFeed);
      if (ends) line += 1;
    }
    return line;
  };
}
