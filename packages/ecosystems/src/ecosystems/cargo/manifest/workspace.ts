import { posix } from 'node:path';
import type { Reader, Source } from '../../../model';
import { parseToml, type TomlTable } from '../../../text';
import { readOffers, type Offer } from './offers';
import { isTable, packageKey, valueAt } from './tables';

/** A manifest with a `[workspace]` table, from which members inherit. */
export interface WorkspaceRoot {
  readonly source: Source;
  readonly directory: string;
  readonly workspace: TomlTable;
  /** What `[workspace.dependencies]` offers to the members, by key. */
  readonly offers: () => ReadonlyMap<string, Offer>;
}

/** Made once for all members of a workspace, so that what they share is computed once. */
function rootOf(source: Source, workspace: TomlTable): WorkspaceRoot {
  const directory = posix.dirname(source.file);
  let offers: ReadonlyMap<string, Offer> | undefined;
  return {
    source,
    directory,
    workspace,
    offers: () => (offers ??= readOffers(directory, workspace)),
  };
}

/**
 * The workspace of a manifest as cargo 1.95 finds it: its own `[workspace]`, the root that
 * `package.workspace` names, or the nearest one above that does not exclude it.
 */
export function findWorkspace(
  source: Source,
  table: TomlTable,
  reader: Reader,
): WorkspaceRoot | undefined {
  const directory = posix.dirname(source.file);
  if (isTable(table['workspace'])) return rootOf(source, table['workspace']);
  const named = valueAt(table, packageKey(table), 'workspace');
  if (typeof named === 'string') return workspaceIn(posix.join(directory, named), reader);
  for (let at = directory; at !== '.' && !at.startsWith('..');) {
    at = posix.dirname(at);
    const root = workspaceIn(at, reader);
    if (root && !isExcluded(root, directory)) return root;
  }
  return undefined;
}

/** Parsed once for all members. A root that cannot be read counts as none here; reading it reports it. */
function workspaceIn(directory: string, reader: Reader): WorkspaceRoot | undefined {
  return reader.memo(`cargo:workspace:${directory}`, () => {
    const source = reader.read(posix.join(directory, 'Cargo.toml'));
    // Most directories on the way up hold plain crates: not worth parsing twice.
    if (!source?.text.includes('workspace')) return undefined;
    const table = parseToml(source);
    const workspace = table.ok ? table.value['workspace'] : undefined;
    return isTable(workspace) ? rootOf(source, workspace) : undefined;
  });
}

/** The nearest Cargo.toml above that cannot be parsed: perhaps the root that a member inherits from. */
export function unreadableAbove(file: string, reader: Reader): string | undefined {
  for (let at = posix.dirname(file); at !== '.' && !at.startsWith('..');) {
    at = posix.dirname(at);
    const above = posix.join(at, 'Cargo.toml');
    const isUnreadable = reader.memo(`cargo:unreadable:${above}`, () => {
      const source = reader.read(above);
      return source !== undefined && !parseToml(source).ok;
    });
    if (isUnreadable) return above;
  }
  return undefined;
}

/** `exclude` holds plain paths of directories, no globs; `members` wins over it. */
function isExcluded({ directory: root, workspace }: WorkspaceRoot, directory: string): boolean {
  const isBelow = (path: unknown): boolean => {
    const relative = posix.relative(posix.join(root, String(path)), directory);
    return relative !== '..' && !relative.startsWith('../');
  };
  const { exclude, members } = workspace;
  if (!Array.isArray(exclude) || !exclude.some(isBelow)) return false;
  const isMember = (path: unknown): boolean => posix.join(root, String(path)) === directory;
  return !(Array.isArray(members) && members.some(isMember));
}
