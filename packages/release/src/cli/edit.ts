import {
  all,
  changeManifests,
  fail,
  ForgeError,
  ok,
  type AskedChange,
  type Ecosystem,
  type Edit,
  type Manifest,
  type Result,
  type Source,
} from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { FileChange } from '../effects/replace-files';
import type { EditOptions } from './options';
import type { Selected, Selection } from './select-manifests';

export interface EditPlan {
  /** Sorted by file. */
  readonly changes: readonly FileChange[];
  readonly edits: readonly Edit[];
}

type Wish = Pick<EditOptions, 'version' | 'dependencies' | 'policy'>;

/** A manifest as it is now; `manifest` is null for what is no package of its own (a virtual workspace root). */
interface Readable extends Selected {
  readonly source: Source;
  readonly manifest: Manifest | null;
}

/**
 * One change to many manifests, proved as a whole; all refusals together. FORGE-C014 for a dependency that none of
 * them states, FORGE-M004 for the version of what is no package, FORGE-V001 for a version that an ecosystem cannot
 * spell.
 */
export function planEdit({ manifests, reader }: Selection, wish: Wish): Result<EditPlan> {
  const read = all(manifests.map((each) => readOne(each, reader)));
  if (!read.ok) return read;
  const refused = [
    ...withoutVersion(read.value, wish, reader),
    ...unknownDependencies(read.value, wish, reader),
  ];
  const groups = [...groupBy(read.value, ({ ecosystem }) => ecosystem)];
  const changed = all(
    groups.map(([ecosystem, own]) => {
      const asked = all(own.map((each) => askedChange(each, wish)));
      return asked.ok ? changeManifests(ecosystem, asked.value, reader) : asked;
    }),
  );
  if (!changed.ok) return changed;
  if (refused.length > 0) return fail(...refused);
  const changes = changed.value.flatMap(({ files }) =>
    [...files].map(([file, after]) => ({ file, after, before: bytesOf(reader, file) })),
  );
  changes.sort((a, b) => (a.file < b.file ? -1 : 1));
  return ok({ changes, edits: changed.value.flatMap(({ edits }) => edits) });
}

type Files = Selection['reader'];

function bytesOf(reader: Files, file: string): Uint8Array {
  return reader.read(file)?.bytes ?? new Uint8Array();
}

function readOne(selected: Selected, reader: Files): Result<Readable> {
  const { file, ecosystem } = selected;
  const source = reader.read(file);
  if (!source) {
    const what = `\`${file}\` cannot be read as text`;
    return fail(new ForgeError('FORGE-M003', { what, where: { file } }));
  }
  const read = ecosystem.format.read(source, reader);
  return read.ok ? ok({ ...selected, source, manifest: read.value }) : read;
}

/** What is no package gets the requirements that it states for others, and no version. */
function askedChange(
  { file, ecosystem, source, manifest }: Readable,
  { version, dependencies, policy }: Wish,
): Result<AskedChange> {
  const own =
    version === undefined || !manifest ? ok(undefined) : spelled(ecosystem, version, file);
  const requirements = all(
    [...dependencies].map(([name, to]) => {
      const native = spelled(ecosystem, to, file);
      return native.ok ? ok({ name, version: native.value, policy }) : native;
    }),
  );
  if (!own.ok) return own;
  if (!requirements.ok) return requirements;
  const change = { requirements: requirements.value };
  return ok({ source, change: own.value ? { ...change, version: own.value } : change });
}

/** As the ecosystem spells it, from SemVer or from its own spelling. */
function spelled(ecosystem: Ecosystem, version: string, file: string): Result<string> {
  const native = ecosystem.versions.toNative(version);
  if (native.ok) return native;
  if (ecosystem.versions.isValid(version)) return ok(version);
  return fail(
    ...native.problems.map(
      ({ code, what, fix }) => new ForgeError(code, { what, fix, where: { file } }),
    ),
  );
}

/** A directory may well hold files that are no packages, beside those that are meant. */
function withoutVersion(
  manifests: readonly Readable[],
  { version }: Wish,
  reader: Files,
): readonly ForgeError[] {
  if (version === undefined) return [];
  const nobody = manifests.every(({ manifest }) => manifest === null);
  return manifests
    .filter(({ manifest, isNamed }) => manifest === null && (isNamed || nobody))
    .flatMap(({ file, ecosystem, source }) => {
      const planned = ecosystem.format.plan(source, { version }, reader);
      if (!planned.ok) return planned.problems;
      const what = `\`${file}\` is no package, so it has no version to set`;
      const fix = 'name the manifests of packages';
      return [new ForgeError('FORGE-M004', { what, where: { file }, fix })];
    });
}

function unknownDependencies(
  manifests: readonly Readable[],
  { dependencies }: Wish,
  reader: Files,
): readonly ForgeError[] {
  if (dependencies.size === 0) return [];
  const stated = manifests.map((each) => ({ ...each, names: statedNames(each, reader) }));
  return [...dependencies.keys()]
    .filter((name) =>
      stated.every(({ ecosystem, names }) => !names.has(ecosystem.normalizeName(name))),
    )
    .map((name) => new ForgeError('FORGE-C014', { what: `no manifest depends on \`${name}\`` }));
}

/** What it depends on, and what it states for others to inherit. */
function statedNames(
  { ecosystem, source, manifest }: Readable,
  reader: Files,
): ReadonlySet<string> {
  const located = ecosystem.format.locate(source, reader);
  const places = located.ok ? located.value.requirements : [];
  const names = [...(manifest?.dependencies ?? []), ...places].map(({ name }) => name);
  return new Set(names.map((name) => ecosystem.normalizeName(name)));
}
