import { posix } from 'node:path';
import { ForgeError } from '../../errors';
import {
  all,
  fail,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type RequirementChange,
  type Result,
  type Source,
} from '../../model';
import {
  editAt,
  located,
  parseToml,
  tomlSpans,
  type TomlPath,
  type TomlSpans,
  type TomlTable,
} from '../../text';
import { dependencyEntries, registryName, type DependencyEntry } from './dependencies';
import { indexLock, planLock } from './lockfile';
import { problemAt } from './read';
import { isVersion } from './version-text';
import { versions } from './versions';
import { findWorkspace, isTable, resolvePath, valueAt, type WorkspaceRoot } from './workspace';

/** Edits of this manifest, of the workspace root it inherits from, and of the lock file's own entries. */
export function planManifest(
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const parsed = parseToml(source);
  if (!parsed.ok) return parsed;
  const table = parsed.value;
  const root = findWorkspace(source, table, reader);
  const places = requirementPlaces(source, table, root);
  const spansOf = scanOnce(reader, 'spans', tomlSpans);
  const planned = all([
    ...(change.version === undefined
      ? []
      : [
          setVersion(source, table, root, change.version, spansOf),
          ...offersOf(source, table, root).map((place) =>
            setRequirement(
              place,
              { ...place, version: String(change.version), policy: 'violated' },
              spansOf,
            ),
          ),
        ]),
    ...(change.requirements ?? []).flatMap((wanted) =>
      places
        .filter(({ name }) => normalized(name) === normalized(wanted.name))
        .map((place) => setRequirement(place, wanted, spansOf)),
    ),
  ]);
  if (!planned.ok) return planned;
  return ok([...planned.value.flat(), ...lockEdits(table, change, root ?? { source }, reader)]);
}

type SpansOf = (source: Source) => TomlSpans;

/** Each file is scanned at most once per session: a thousand members may share one root and one lock file. */
function scanOnce<T>(
  reader: Reader,
  what: string,
  scan: (source: Source) => T,
): (source: Source) => T {
  const scanned = reader.memo(`cargo:${what}`, () => new WeakMap<Source, T>());
  return (source) => {
    const found = scanned.get(source) ?? scan(source);
    scanned.set(source, found);
    return found;
  };
}

function normalized(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function setVersion(
  source: Source,
  table: TomlTable,
  root: WorkspaceRoot | undefined,
  version: string,
  spansOf: SpansOf,
): Result<readonly Edit[]> {
  if (!isVersion(version)) {
    const what = `\`${version}\` is not a SemVer version`;
    return fail(new ForgeError('FORGE-V001', { what }));
  }
  const written = valueAt(table, 'package', 'version');
  if (written === undefined) return fail(noVersion(source));
  if (valueAt(written, 'workspace') !== true)
    return replaceText(source, spansOf(source), {
      path: ['package', 'version'],
      text: version,
      subject: 'version',
    });
  if (root && typeof valueAt(root.workspace, 'package', 'version') === 'string')
    return replaceText(root.source, spansOf(root.source), {
      path: ['workspace', 'package', 'version'],
      text: version,
      subject: 'version',
    });
  const what = '`package.version` is inherited from a workspace that does not have it';
  return fail(problemAt('FORGE-M012', source, ['package', 'version', 'workspace'], what));
}

function noVersion(source: Source): ForgeError {
  const what = `\`[package]\` in \`${source.file}\` has no \`version\``;
  const header = tomlSpans(source).header(['package']);
  const place = header && located(source, header.start, header.end - header.start);
  return new ForgeError('FORGE-M005', { what, ...(place ?? { where: { file: source.file } }) });
}

/** A text that states a requirement. */
interface RequirementPlace {
  readonly name: string;
  readonly source: Source;
  readonly path: TomlPath;
}

/** Own entries, entries of the root that are inherited, and, in a root, all entries it offers. */
function requirementPlaces(
  source: Source,
  table: TomlTable,
  root: WorkspaceRoot | undefined,
): RequirementPlace[] {
  const offered = valueAt(table, 'workspace', 'dependencies');
  const keys = root?.source === source && isTable(offered) ? Object.entries(offered) : [];
  return [
    ...dependencyEntries(table, root).map((entry) => placeOf(entry, source)),
    ...keys.map(([key, spec]) => ({
      name: String(valueAt(spec, 'package') ?? key),
      source,
      path: ['workspace', 'dependencies', key],
    })),
  ];
}

/** Where the workspace root offers this very package to its members: stale as soon as the version moves, used or not. */
function offersOf(
  source: Source,
  table: TomlTable,
  root: WorkspaceRoot | undefined,
): RequirementPlace[] {
  const own = String(valueAt(table, 'package', 'name'));
  const directory = posix.dirname(source.file);
  return Object.entries(root?.workspace['dependencies'] ?? {}).flatMap(([key, spec]) => {
    const path = valueAt(spec, 'path');
    const name = String(valueAt(spec, 'package') ?? key);
    if (!root || typeof path !== 'string' || normalized(name) !== normalized(own)) return [];
    if (resolvePath(root.directory, path) !== directory) return [];
    return [{ name, source: root.source, path: ['workspace', 'dependencies', key] }];
  });
}

function placeOf(entry: DependencyEntry, source: Source): RequirementPlace {
  const name = registryName(entry);
  if (!entry.inherited) return { name, source, path: entry.path };
  const path = ['workspace', 'dependencies', entry.key];
  return { name, source: entry.inherited.root.source, path };
}

function setRequirement(
  { name, source, path }: RequirementPlace,
  { version, policy }: RequirementChange,
  spansOf: SpansOf,
): Result<readonly Edit[]> {
  const spans = spansOf(source);
  const found = [[...path, 'version'], path]
    .map((each) => spans.find(each))
    .find((span) => span?.kind === 'string');
  // Given by a path or by git alone: there is no requirement to edit.
  if (found?.value === undefined) return ok([]);
  const rewritten = versions.requirement.rewrite(found.value, version, policy);
  if (rewritten.ok)
    return replaceText(source, spans, { path: found.path, text: rewritten.value, subject: name });
  const place = located(source, found.start, found.end - found.start);
  return fail(
    ...rewritten.problems.map(({ code, what }) => new ForgeError(code, { what, ...place })),
  );
}

/** Replaces the content of a string inside its quotes, whatever quotes they are. */
function replaceText(
  source: Source,
  spans: TomlSpans,
  {
    path,
    text,
    subject,
  }: { readonly path: TomlPath; readonly text: string; readonly subject: string },
): Result<readonly Edit[]> {
  const span = spans.find(path);
  if (span?.value === undefined) {
    const what = `\`${path.join('.')}\` is not a text that can be edited`;
    return fail(problemAt('FORGE-M006', source, path, what));
  }
  if (span.value === text) return ok([]);
  const reason = `${subject} ${span.value} → ${text}`;
  return ok([editAt(source, span.contentStart, span.contentEnd, text, reason)]);
}

/** The lock file stands beside the workspace root; without it `cargo build --locked` fails after a release. */
function lockEdits(
  table: TomlTable,
  change: ManifestChange,
  root: Pick<WorkspaceRoot, 'source'>,
  reader: Reader,
): readonly Edit[] {
  const lock = reader.read(posix.join(posix.dirname(root.source.file), 'Cargo.lock'));
  if (!lock) return [];
  const own = { name: String(valueAt(table, 'package', 'name')), to: change.version ?? '' };
  const changes = [
    ...(change.version === undefined ? [] : [own]),
    ...(change.requirements ?? []).map(({ name, version: to }) => ({ name, to })),
  ];
  return planLock(lock, changes, scanOnce(reader, 'lock', indexLock)(lock));
}
