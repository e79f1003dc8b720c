import { ok, type Reader, type Result } from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { LocalEdge, PackageNode, WorkspaceModel } from '../graph/model';
import { byCodeUnit } from '../graph/paths';
import { publishUpstream } from '../graph/order';
import { ownCause, type ExplainedEdit } from './manifest-edits';
import { byIdentity, publishWaves } from './publish-order';
import type { PlannedEdit, PlannedPackage, ReleasePlan } from './release-plan';
import type { Target, Targets } from './target';

interface Surroundings {
  readonly reader: Reader;
  readonly edgesFrom: (node: PackageNode) => readonly LocalEdge[];
}

/** The plan of a set of versions: packages in the order of publishing, edits in the order of files. */
export function assemblePlan(
  model: WorkspaceModel,
  targets: Targets,
  edits: readonly ExplainedEdit[],
  { reader, edgesFrom }: Surroundings,
): Result<ReleasePlan> {
  const nodes = [...targets.keys()].sort(byIdentity);
  // What only follows is not released: its version is a place of somebody else's.
  const isUploaded = (node: PackageNode): boolean =>
    node.role === 'published' && targets.get(node)?.cause.kind !== 'follows';
  const published = nodes.filter(isUploaded);
  const waves = publishWaves(published, publishUpstream(model));
  if (!waves.ok) return waves;
  const planned = (node: PackageNode, wave?: number): PlannedPackage =>
    plannedPackage(node, {
      target: targets.get(node) as Target,
      reason: ownCause(node, targets, edgesFrom(node)),
      wave,
    });
  const packages = [
    ...waves.value.flatMap((wave, index) => wave.map((node) => planned(node, index + 1))),
    ...nodes.filter((node) => !isUploaded(node)).map((node) => planned(node)),
  ];
  return ok({ formatVersion: 2, packages, edits: withLines(unique(edits), reader) });
}

function plannedPackage(
  node: PackageNode,
  {
    target: { native, canonical },
    reason,
    wave,
  }: { readonly target: Target; readonly reason: string; readonly wave: number | undefined },
): PlannedPackage {
  return {
    project: node.project,
    ecosystem: node.ecosystem.id,
    name: node.manifest.name,
    manifest: node.manifest.file,
    from: node.manifest.version.value,
    to: native,
    canonical,
    reason,
    ...(wave === undefined ? {} : { wave }),
  };
}

type Unlined = Omit<PlannedEdit, 'line'>;

/** Sorted, each place once: what several members inherit is the edit of the first of them. */
function unique(edits: readonly ExplainedEdit[]): readonly Unlined[] {
  const first = new Map<string, Unlined>();
  for (const { edit, why, manifest } of edits) {
    const key = `${edit.file}\0${edit.start}\0${edit.end}\0${edit.newText}`;
    const own = manifest === undefined ? {} : { manifest };
    if (!first.has(key)) first.set(key, { ...edit, why, ...own });
  }
  return [...first.values()].sort(
    (a, b) => byCodeUnit(a.file, b.file) || a.start - b.start || a.end - b.end,
  );
}

/** `edits` are sorted by file and position, so that each file is walked once. */
function withLines(edits: readonly Unlined[], reader: Reader): PlannedEdit[] {
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
