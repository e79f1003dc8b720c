import { ForgeError } from '../errors';
import {
  all,
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
import { decodeSource, splice, uniqueEdits } from '../text';
import { overlay } from './overlay';

export interface ChangedManifest {
  readonly edits: readonly Edit[];
  /** New bytes per file, for exactly the files that change. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Plans a change, applies it in memory and reads the result back: the manifest must then differ from the
 * old one in exactly what was asked, or nothing is returned (FORGE-M011). Pure; the caller writes.
 */
export function changeManifest(
  ecosystem: Ecosystem,
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<ChangedManifest> {
  const planned = ecosystem.format.plan(source, change, reader);
  if (!planned.ok) return planned;
  const edits = uniqueEdits(planned.value);
  if (edits.length === 0) return ok({ edits, files: new Map() });
  const before = ecosystem.format.read(source, reader);
  const changed = spliceAll(ecosystem, source, edits, reader);
  if (!changed.ok) return changed;
  const after = ecosystem.format.read(
    changed.value.get(source.file) ?? source,
    overlay(reader, changed.value),
  );
  if (!before.ok) return before;
  if (!after.ok) return after;
  const wrong = difference(ecosystem, before.value, after.value, change);
  if (wrong)
    return fail(new ForgeError('FORGE-M011', { what: wrong, where: { file: source.file } }));
  return ok({
    edits,
    files: new Map([...changed.value].map(([file, { bytes }]) => [file, bytes])),
  });
}

function spliceAll(
  ecosystem: Ecosystem,
  source: Source,
  edits: readonly Edit[],
  reader: Reader,
): Result<Map<string, Source>> {
  const files = [...new Set(edits.map((edit) => edit.file))];
  const spliced = all(
    files.map((file) => {
      const original = file === source.file ? source : reader.read(file);
      if (!original)
        return fail(new ForgeError('FORGE-M009', { what: `\`${file}\` is gone`, where: { file } }));
      const bytes = splice(original, edits);
      return bytes.ok ? decodeSource(file, bytes.value, ecosystem) : bytes;
    }),
  );
  return spliced.ok ? ok(new Map(spliced.value.map((each) => [each.file, each]))) : spliced;
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
