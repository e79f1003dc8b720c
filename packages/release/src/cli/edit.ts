import {
  all,
  changeManifests,
  fail,
  ForgeError,
  ok,
  type AskedChange,
  type Ecosystem,
  type Edit,
  type Result,
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

/**
 * One change to many manifests, proved as a whole; all refusals together. FORGE-C014 for a dependency that no
 * manifest has, FORGE-V001 for a version that an ecosystem cannot spell.
 */
export function planEdit({ manifests, reader }: Selection, wish: Wish): Result<EditPlan> {
  const groups = [...groupBy(manifests, ({ ecosystem }) => ecosystem)];
  const changed = all(
    groups.map(([ecosystem, own]) => {
      const asked = all(own.map((each) => askedChange(each, wish, reader)));
      return asked.ok ? changeManifests(ecosystem, asked.value.flat(), reader) : asked;
    }),
  );
  if (!changed.ok) return changed;
  const unknown = unknownDependencies({ manifests, reader }, wish);
  if (unknown.length > 0) return fail(...unknown);
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

/** Nothing for a manifest that is no package of its own (a virtual workspace root). */
function askedChange(
  { file, ecosystem }: Selected,
  { version, dependencies, policy }: Wish,
  reader: Files,
): Result<readonly AskedChange[]> {
  const source = reader.read(file);
  if (!source) {
    const what = `\`${file}\` cannot be read as text`;
    return fail(new ForgeError('FORGE-M003', { what, where: { file } }));
  }
  const read = ecosystem.format.read(source, reader);
  if (!read.ok) return read;
  if (!read.value) return ok([]);
  const own = version === undefined ? ok(undefined) : spelled(ecosystem, version, file);
  const requirements = all(
    [...dependencies].map(([name, to]) => {
      const native = spelled(ecosystem, to, file);
      return native.ok ? ok({ name, version: native.value, policy }) : native;
    }),
  );
  if (!own.ok) return own;
  if (!requirements.ok) return requirements;
  const change = { requirements: requirements.value };
  return ok([{ source, change: own.value ? { ...change, version: own.value } : change }]);
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

function unknownDependencies(
  { manifests, reader }: Pick<Selection, 'manifests' | 'reader'>,
  { dependencies }: Wish,
): ForgeError[] {
  const known = new Set(
    [...dependencies.keys()].filter((name) =>
      manifests.some(({ file, ecosystem }) => {
        const source = reader.read(file);
        const read = source && ecosystem.format.read(source, reader);
        const same = (other: string): boolean =>
          ecosystem.normalizeName(other) === ecosystem.normalizeName(name);
        return read?.ok && read.value?.dependencies.some((each) => same(each.name));
      }),
    ),
  );
  return [...dependencies.keys()]
    .filter((name) => !known.has(name))
    .map((name) => new ForgeError('FORGE-C014', { what: `no manifest depends on \`${name}\`` }));
}
