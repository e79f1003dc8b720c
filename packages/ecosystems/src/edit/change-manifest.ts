import { ForgeError } from '../errors';
import {
  fail,
  ok,
  type Ecosystem,
  type Edit,
  type Manifest,
  type ManifestChange,
  type Reader,
  type Result,
  type Source,
} from '../model';
import { uniqueEdits } from '../text';
import { overlay, staleEdits } from './overlay';

export interface ChangedManifest {
  readonly edits: readonly Edit[];
  /** New bytes per file, for exactly the files that change. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Plans a change and proves it: the manifest is read back as it would be, and must then differ from the old
 * one in exactly what was asked, or nothing is returned (FORGE-M011). Pure; the caller writes.
 */
export function planChange(
  ecosystem: Ecosystem,
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const planned = ecosystem.format.plan(source, change, reader);
  if (!planned.ok) return planned;
  const edits = uniqueEdits(planned.value);
  const stale = staleEdits(reader, source, edits);
  if (stale.length > 0) return fail(...stale);
  if (edits.length === 0) return ok(edits);
  const before = ecosystem.format.read(source, reader);
  if (!before.ok) return before;
  const edited = overlay(reader, source, edits, ecosystem);
  // A manifest that cannot be edited is among the problems.
  const after = ecosystem.format.read(edited.read(source.file) ?? source, edited);
  if (edited.problems.length > 0) return fail(...edited.problems);
  if (!after.ok) return after;
  const wrong = difference(ecosystem, before.value, after.value, change);
  if (!wrong) return ok(edits);
  return fail(new ForgeError('FORGE-M011', { what: wrong, where: { file: source.file } }));
}

/** The same, with the new bytes of every file. */
export function changeManifest(
  ecosystem: Ecosystem,
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<ChangedManifest> {
  const edits = planChange(ecosystem, source, change, reader);
  if (!edits.ok) return edits;
  const files = [...new Set(edits.value.map(({ file }) => file))];
  const edited = overlay(reader, source, edits.value, ecosystem);
  const sources = files.flatMap((file) => edited.read(file) ?? []);
  if (edited.problems.length > 0) return fail(...edited.problems);
  return ok({
    edits: edits.value,
    files: new Map(sources.map(({ file, bytes }) => [file, bytes])),
  });
}

/** What differs beyond the change that was asked for; undefined when nothing does. */
function difference(
  ecosystem: Ecosystem,
  before: Manifest | null,
  after: Manifest | null,
  change: ManifestChange,
): string | undefined {
  if (!before || !after) return 'the edited file is no longer a manifest';
  if (change.version !== undefined && after.version.value !== change.version)
    return `the version reads back as \`${after.version.value}\` instead of \`${change.version}\``;
  const asked = new Set(
    (change.requirements ?? []).map(({ name }) => ecosystem.normalizeName(name)),
  );
  const rest = (manifest: Manifest): string =>
    JSON.stringify({
      ...manifest,
      version:
        change.version === undefined ? manifest.version : { ...manifest.version, value: '*' },
      dependencies: manifest.dependencies.map((dependency) => ({
        ...dependency,
        // A requirement that cannot be edited may be the package's own version, and moves with it.
        requirement:
          asked.has(ecosystem.normalizeName(dependency.name)) || dependency.fixed !== undefined
            ? '*'
            : dependency.requirement,
      })),
    });
  if (rest(before) !== rest(after)) return 'the edited manifest differs in more than was asked';
  return undefined;
}
