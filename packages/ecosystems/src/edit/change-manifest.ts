import {
  all,
  fail,
  ok,
  type Ecosystem,
  type Edit,
  type ManifestChange,
  type Reader,
  type Result,
  type Source,
} from '../model';
import { uniqueEdits } from '../text';
import { overlay, staleEdits } from './overlay';
import { readBack } from './read-back';

/** One manifest, and what it is asked to say. `source` stands in for the file of its name. */
export interface AskedChange {
  readonly source: Source;
  readonly change: ManifestChange;
  /** Dependencies in the workspace whose versions stay: what moves with another version must still take them. */
  readonly stays?: readonly { readonly name: string; readonly version: string }[];
}

export interface ChangedManifest {
  readonly edits: readonly Edit[];
  /** New bytes per file, for exactly the files that change. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Plans the changes of one release and proves them: all edits are applied to one view of the workspace, every
 * manifest is read back from it, and must then differ from the old one in exactly what was asked, or nothing is
 * returned (FORGE-M011). Files that many manifests share are read back once, so that the cost of one manifest
 * does not depend on how many there are. What one change does to a manifest that shares a place with it
 * (an inherited version or requirement) is part of what was asked. Pure; the caller writes.
 *
 * The edits stand in the order of `asked`, each list unique in itself; two lists may name the same edit.
 */
export function planChanges(
  ecosystem: Ecosystem,
  asked: readonly AskedChange[],
  reader: Reader,
): Result<readonly (readonly Edit[])[]> {
  const planned = all(asked.map((each) => planOne(ecosystem, each, reader)));
  if (!planned.ok) return planned;
  const edits = uniqueEdits(planned.value.flat());
  const sources = sourcesOf(asked);
  const stale = staleEdits(reader, sources, edits);
  if (stale.length > 0) return fail(...stale);
  if (edits.length === 0) return planned;
  const edited = overlay(reader, sources, edits, ecosystem);
  const wrong = readBack(ecosystem, asked, { before: reader, after: edited, edits });
  // A file that cannot be edited is the cause of whatever else is wrong.
  if (edited.problems.length > 0) return fail(...edited.problems);
  return wrong.length > 0 ? fail(...wrong) : planned;
}

/** The same for one manifest. */
export function planChange(
  ecosystem: Ecosystem,
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const planned = planChanges(ecosystem, [{ source, change }], reader);
  return planned.ok ? ok(planned.value.flat()) : planned;
}

/** The changes of one release, with the new bytes of every file. */
export function changeManifests(
  ecosystem: Ecosystem,
  asked: readonly AskedChange[],
  reader: Reader,
): Result<ChangedManifest> {
  const planned = planChanges(ecosystem, asked, reader);
  if (!planned.ok) return planned;
  const edits = uniqueEdits(planned.value.flat());
  const edited = overlay(reader, sourcesOf(asked), edits, ecosystem);
  const files = [...new Set(edits.map(({ file }) => file))];
  const sources = files.flatMap((file) => edited.read(file) ?? []);
  if (edited.problems.length > 0) return fail(...edited.problems);
  return ok({ edits, files: new Map(sources.map(({ file, bytes }) => [file, bytes])) });
}

/** The same for one manifest. */
export function changeManifest(
  ecosystem: Ecosystem,
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<ChangedManifest> {
  return changeManifests(ecosystem, [{ source, change }], reader);
}

function planOne(
  ecosystem: Ecosystem,
  { source, change }: AskedChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const planned = ecosystem.format.plan(source, change, reader);
  return planned.ok ? ok(uniqueEdits(planned.value)) : planned;
}

function sourcesOf(asked: readonly AskedChange[]): ReadonlyMap<string, Source> {
  return new Map(asked.map(({ source }) => [source.file, source]));
}
