import { posix } from 'node:path';
import { ForgeError, type ErrorCode } from '../../../errors';
import {
  fail,
  ok,
  type Dependency,
  type Manifest,
  type Reader,
  type Result,
  type Source,
  type VersionFact,
} from '../../../model';
import { locatedSpan, parseToml, tomlSpans, type TomlPath, type TomlTable } from '../../../text';
import {
  dependencyEntries,
  dependencyOf,
  fixedRequirements,
  type DependencyEntry,
} from './dependencies';
import { publishField } from './publish-field';
import { isVersion } from '../version-text';
import { isTable, packageKey, valueAt } from './tables';
import { findWorkspace, unreadableAbove, type WorkspaceRoot } from './workspace';

/** What a Cargo.toml means, without positions. `null` for a virtual workspace root. */
export function readManifest(source: Source, reader: Reader): Result<Manifest | null> {
  const parsed = parseToml(source);
  if (!parsed.ok) return parsed;
  const table = parsed.value;
  const own = packageKey(table);
  if (table[own] === undefined && isTable(table['workspace'])) return ok(null);
  const name = valueAt(table, own, 'name');
  if (typeof name !== 'string' || name === '') return fail(noName(source, own, name));
  const root = findWorkspace(source, table, reader);
  const version = readVersion(source, table, root, reader);
  if (!version.ok) return version;
  const entries = dependencyEntries(table, root);
  const orphans = entries.filter(({ inherited }) => inherited === null);
  // A broken root costs itself only: its members keep their names and their edges.
  const unreadable = orphans.length > 0 ? unreadableAbove(source.file, reader) : undefined;
  if (orphans.length > 0 && unreadable === undefined)
    return fail(...orphans.map(({ path }) => notInherited(source, [...path, 'workspace'], root)));
  const reason = privateReason(table, root, version.value);
  return ok({
    ecosystem: 'cargo',
    file: source.file,
    name,
    version: version.value,
    ...(reason !== undefined && { private: reason }),
    ...registryOf(table, root),
    dependencies: dependenciesOf(source, table, entries, unreadable),
    embeds: [],
    inputs: inputsOf(source, root, unreadable),
  });
}

function dependenciesOf(
  source: Source,
  table: TomlTable,
  entries: readonly DependencyEntry[],
  unreadable: string | undefined,
): Dependency[] {
  const directory = posix.dirname(source.file);
  const fixed = fixedRequirements(table, entries);
  return entries.map((entry) =>
    dependencyOf(
      entry,
      directory,
      entry.inherited === null
        ? `it is inherited from \`${unreadable}\`, which cannot be read`
        : fixed(entry),
    ),
  );
}

function inputsOf(source: Source, root: WorkspaceRoot | undefined, unreadable?: string): string[] {
  const own = root && root.source !== source ? [root.source.file] : [];
  return unreadable === undefined ? own : [...own, unreadable];
}

const withoutVersion = 'the crate has no version, so cargo never publishes it';

function readVersion(
  source: Source,
  table: TomlTable,
  root: WorkspaceRoot | undefined,
  reader: Reader,
): Result<VersionFact> {
  const own = packageKey(table);
  const written = valueAt(table, own, 'version');
  // Cargo 1.75 and later take a crate without version for 0.0.0 and refuse to publish it.
  if (written === undefined)
    return ok({ value: null, file: source.file, via: `${own}.version`, fixed: withoutVersion });
  if (valueAt(written, 'workspace') !== true)
    return literalVersion(source, [own, 'version'], written);
  const unreadable = root ? undefined : unreadableAbove(source.file, reader);
  if (unreadable !== undefined)
    return ok({
      value: null,
      file: unreadable,
      via: 'workspace.package.version',
      fixed: `it is inherited from \`${unreadable}\`, which cannot be read`,
    });
  const inherited = valueAt(root?.workspace, 'package', 'version');
  if (!root || inherited === undefined)
    return fail(notInherited(source, [own, 'version', 'workspace'], root));
  return literalVersion(root.source, ['workspace', 'package', 'version'], inherited);
}

function literalVersion(source: Source, path: TomlPath, value: unknown): Result<VersionFact> {
  if (typeof value === 'string' && isVersion(value))
    return ok({ value, file: source.file, via: path.join('.') });
  const what = `\`${path.join('.')}\` is no SemVer version`;
  return fail(problemAt('FORGE-M006', source, path, what));
}

/** `publish = false`, `publish = []`, either one inherited, or no version at all. */
function privateReason(
  table: TomlTable,
  root: WorkspaceRoot | undefined,
  { fixed }: VersionFact,
): string | undefined {
  const { value: publish, isInherited } = publishField(table, root);
  const where = isInherited ? ' in the workspace' : '';
  if (publish === false) return `\`publish = false\`${where}`;
  if (Array.isArray(publish) && publish.length === 0) return `\`publish = []\`${where}`;
  return fixed === withoutVersion ? fixed : undefined;
}

/** The first registry that `publish` names besides crates.io; the name that stands for any other place of a run. */
function registryOf(table: TomlTable, root: WorkspaceRoot | undefined): { registry?: string } {
  const { value } = publishField(table, root);
  const [first] = Array.isArray(value) ? value.filter((name) => name !== 'crates-io') : [];
  return typeof first === 'string' ? { registry: first } : {};
}

function noName(source: Source, own: string, name: unknown): ForgeError {
  if (name === undefined) {
    const header = tomlSpans(source).header([own]);
    const what = header
      ? `\`[${own}]\` in \`${source.file}\` has no \`name\``
      : `\`${source.file}\` has neither \`[package]\` nor \`[workspace]\``;
    return new ForgeError('FORGE-M004', { what, ...locatedSpan(source, header) });
  }
  const what = `\`${own}.name\` is not a text with at least one character`;
  return problemAt('FORGE-M006', source, [own, 'name'], what);
}

function notInherited(source: Source, path: TomlPath, root: WorkspaceRoot | undefined): ForgeError {
  const of = path.slice(0, -1).join('.');
  const what = root
    ? `\`${of}\` is inherited, but \`${root.source.file}\` does not have it in \`[workspace]\``
    : `\`${of}\` is inherited, but no \`[workspace]\` stands above \`${source.file}\``;
  return problemAt('FORGE-M012', source, path, what);
}

/** A problem at a value. Scans for the place, so it is made only when there is a problem. */
export function problemAt(
  code: ErrorCode,
  source: Source,
  path: TomlPath,
  what: string,
): ForgeError {
  const span = tomlSpans(source).find(path);
  return new ForgeError(code, { what, ...locatedSpan(source, span) });
}
