import { posix } from 'node:path';
import {
  all,
  fail,
  ok,
  type Edit,
  type PublishableContext,
  type Reader,
  type Result,
  type Source,
} from '../../../model';
import {
  editAt,
  tomlSpans,
  type TomlPath,
  type TomlReplacement,
  type TomlSpans,
  type TomlTable,
} from '../../../text';
import {
  dependencyEntries,
  fieldOf,
  localPath,
  type DependencyEntry,
} from '../manifest/dependencies';
import { inheritedFields, writeOutDependency } from './inherited-dependency';
import { dropLockEntries } from '../plan/lockfile';
import { localRequirement, unservable } from './local-requirement';
import { problemAt } from '../manifest/read-manifest';
import { isTable, packageKey, valueAt } from '../manifest/tables';
import type { WorkspaceRoot } from '../manifest/workspace';

interface ShippedContext extends PublishableContext {
  readonly shippedIn: string;
}

/** One replacement in the manifest, with what it is for. */
interface Change {
  readonly replacement: TomlReplacement | undefined;
  readonly reason: string;
}

/** Keys of `[package]` whose inherited value is a path below the root. */
const pathKeys = new Set(['readme', 'license-file']);

/**
 * Makes a crate that another package ships as source independent of the repository: inherited values are
 * written out, paths that leave the shipped directory give way to versions, dev-dependencies on what
 * stays behind go, and an own `[workspace]` keeps cargo from taking the user's workspace for the crate's.
 */
export function standAlone(
  source: Source,
  table: TomlTable,
  root: WorkspaceRoot | undefined,
  context: ShippedContext,
): Result<readonly Edit[]> {
  const staysMember = root !== undefined && isInside(context.shippedIn, root.directory);
  const left = staysMember ? undefined : root;
  const spans = tomlSpans(source);
  const changes = all([
    ...(left ? packageChanges(source, table, left, spans) : []),
    ...dependencyEntries(table, left).map((entry) =>
      dependencyChanges(source, entry, spans, context),
    ),
  ]);
  if (!changes.ok) return changes;
  const edits = changes.value
    .flat()
    .flatMap(({ replacement: at, reason }) =>
      at ? [editAt(source, at.start, at.end, at.newText, reason)] : [],
    );
  return ok([
    ...edits,
    ...(staysMember ? [] : [ownWorkspace(source)]),
    ...lockEdits(source, table, context.reader),
  ]);
}

function isInside(directory: string, path: string): boolean {
  const relative = posix.relative(directory, path);
  return relative !== '..' && !relative.startsWith('../');
}

/** `version.workspace = true` becomes `version = "1.2.0"`: the key that goes and the value that comes are both as written. */
function packageChanges(
  source: Source,
  table: TomlTable,
  root: WorkspaceRoot,
  spans: TomlSpans,
): Result<readonly Change[]>[] {
  const own = packageKey(table);
  const keys = Object.entries(isTable(table[own]) ? table[own] : {});
  const inherited = keys.filter(([, value]) => valueAt(value, 'workspace') === true);
  return [
    ...inherited.map(([key]) => writeOut(source, [own, key, 'workspace'], root, spans)),
    ok([
      { replacement: spans.removal([own, 'workspace']), reason: 'package.workspace goes' },
      { replacement: spans.removal(['lints', 'workspace']), reason: 'lints.workspace goes' },
    ]),
  ];
}

function writeOut(
  source: Source,
  path: readonly [table: string, key: string, workspace: string],
  root: WorkspaceRoot,
  spans: TomlSpans,
): Result<readonly Change[]> {
  const [, key] = path;
  const reason = `package.${key}: inherited → written out`;
  if (pathKeys.has(key)) return ok([{ replacement: removalOfKey(spans, path), reason }]);
  const value = tomlSpans(root.source).find(['workspace', 'package', key]);
  const place = wholeKey(spans, path);
  if (!value || !place) {
    const what = `\`package.${key}\` is inherited, but \`${root.source.file}\` does not have it`;
    return fail(problemAt('FORGE-M012', source, path, what));
  }
  return ok([{ replacement: { ...place, newText: `${key} = ${value.raw}` }, reason }]);
}

/** From the start of the key to the end of the value, for `key.workspace = true` and `key = { workspace = true }`. */
function wholeKey(spans: TomlSpans, path: TomlPath): { start: number; end: number } | undefined {
  const inline = spans.find(path.slice(0, -1));
  const span = inline ?? spans.find(path);
  return span && { start: span.keyStart, end: span.end };
}

function removalOfKey(spans: TomlSpans, path: TomlPath): TomlReplacement | undefined {
  return spans.removal(path.slice(0, -1)) ?? spans.removal(path);
}

function dependencyChanges(
  source: Source,
  entry: DependencyEntry,
  spans: TomlSpans,
  context: ShippedContext,
): Result<readonly Change[]> {
  const path = localPath(entry, posix.dirname(source.file));
  const leaves = path !== undefined && !isInside(context.shippedIn, path);
  if (leaves && entry.kind === 'dev') return ok(removeEntry(entry, spans));
  if (entry.inherited) return inline(source, entry, spans, { leaves, context });
  if (!leaves) return ok([]);
  const at = [...entry.path, 'path'];
  const reason = `${entry.key}: no path out of \`${context.shippedIn}\``;
  if (fieldOf(entry.spec, 'version') !== undefined)
    return ok([{ replacement: spans.removal(at), reason }]);
  const requirement = localRequirement(source, entry, context);
  if (requirement === undefined) return fail(unservable(source, entry));
  return ok([{ replacement: spans.exchange(at, 'version', `"${requirement}"`), reason }]);
}

/** A dev-dependency on a package that stays behind: whoever builds what is shipped runs no tests of it. */
function removeEntry(entry: DependencyEntry, spans: TomlSpans): Change[] {
  const reason = `${entry.key}: no dev-dependency on what is not shipped`;
  const whole = spans.removal(entry.path);
  if (whole) return [{ replacement: whole, reason }];
  const fields = Object.keys(isTable(entry.spec) ? entry.spec : {});
  const header = spans.header(entry.path);
  return [
    ...(header ? [{ replacement: { ...header, newText: '' }, reason }] : []),
    ...fields.map((field) => ({ replacement: spans.removal([...entry.path, field]), reason })),
  ];
}

/** `workspace = true` becomes what the root says, a path that leaves becomes a version. */
function inline(
  source: Source,
  entry: DependencyEntry,
  spans: TomlSpans,
  { leaves, context }: { readonly leaves: boolean; readonly context: ShippedContext },
): Result<readonly Change[]> {
  const fields = inheritedFields(source, entry);
  if (leaves) fields.delete('path');
  if (leaves && !fields.has('version')) {
    const requirement = localRequirement(source, entry, context);
    if (requirement === undefined) return fail(unservable(source, entry));
    fields.set('version', `"${requirement}"`);
  }
  const reason = `${entry.key}: inherited → written out`;
  const replacements = writeOutDependency(entry, fields, spans);
  return ok(replacements.map((replacement) => ({ replacement, reason })));
}

function ownWorkspace(source: Source): Edit {
  const { text, eol } = source;
  const newline = eol === '\r\n' ? '\r\n' : '\n';
  const newText = `${text.endsWith('\n') ? '' : newline}${newline}[workspace]${newline}`;
  return editAt(source, text.length, text.length, newText, 'a workspace of its own');
}

/** A lock file that travels along must not lock what was local: cargo locks it anew from the registry. */
function lockEdits(source: Source, table: TomlTable, reader: Reader): Edit[] {
  const lock = reader.read(posix.join(posix.dirname(source.file), 'Cargo.lock'));
  return lock ? dropLockEntries(lock, String(valueAt(table, packageKey(table), 'name'))) : [];
}
