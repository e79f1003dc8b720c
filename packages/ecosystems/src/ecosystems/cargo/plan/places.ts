import { posix } from 'node:path';
import type { Reader, Source } from '../../../model';
import { tomlSpans, type FoundToml, type TomlPath, type TomlTable } from '../../../text';
import {
  dependencyEntries,
  fixedRequirements,
  type DependencyEntry,
} from '../manifest/dependencies';
import { crateName } from '../names';
import type { Offer } from '../manifest/offers';
import { RequirementPlace } from './requirement-place';
import { requirementText, type SpansOf } from './requirement-text';
import { scanOnce } from './scan-once';
import { isTable, packageKey, valueAt } from '../manifest/tables';
import { findWorkspace, unreadableAbove, type WorkspaceRoot } from '../manifest/workspace';

/** Where a Cargo.toml states a version or a requirement. Locating shows these, planning edits them. */
export interface TextPlace {
  /** Of the package that is meant, as its registry knows it. */
  readonly name: string;
  readonly source: Source;
  /** Of the text, or of the table that would hold it. */
  readonly path: TomlPath;
  /** Absent when there is no text. Looked for when it is asked for. */
  readonly span?: FoundToml | undefined;
  /** The text, where it is certain to be written like this; most requirements stay, and nobody looks for their places. */
  readonly stated?: string | undefined;
  /** Workspace-relative directory of the package that is meant, where a path says so. */
  readonly directory?: string | undefined;
  /** Why it stays whatever is released. */
  readonly fixed?: string | undefined;
}

export interface CratePlaces {
  /** Absent where no version is written at all. */
  readonly version?: TextPlace;
  /** One for each dependency, in order. */
  readonly requirements: readonly TextPlace[];
  /** `[workspace.dependencies]`: of a root all, of a member those that mean the member itself. */
  readonly offers: readonly TextPlace[];
  /** The workspace that the lock file belongs to. */
  readonly root: WorkspaceRoot | undefined;
}

export function findPlaces(source: Source, table: TomlTable, reader: Reader): CratePlaces {
  const spansOf = scanOnce(reader, 'spans', tomlSpans);
  const root = findWorkspace(source, table, reader);
  const entries = dependencyEntries(table, root);
  const version = versionPlace(source, table, root, spansOf);
  const fixed = fixedRequirements(table, entries);
  const unreadable = entries.some(({ inherited }) => inherited === null)
    ? unreadableAbove(source.file, reader)
    : undefined;
  return {
    ...(version && { version }),
    requirements: entries.map((entry) =>
      entry.inherited === null
        ? orphan(source, entry, unreadable)
        : new RequirementPlace(source, entry, fixed, spansOf),
    ),
    offers: offerPlaces(source, table, root, reader),
    root,
  };
}

function versionPlace(
  source: Source,
  table: TomlTable,
  root: WorkspaceRoot | undefined,
  spansOf: SpansOf,
): TextPlace | undefined {
  const own = packageKey(table);
  const written = valueAt(table, own, 'version');
  const isInherited = table[own] === undefined || valueAt(written, 'workspace') === true;
  const holder = isInherited ? root?.source : source;
  const path = isInherited ? ['workspace', 'package', 'version'] : [own, 'version'];
  const span = holder && spansOf(holder).find(path);
  if (!span) return undefined;
  const name = String(valueAt(table, own, 'name'));
  return { name, source: holder, path, ...textAt(span) };
}

function textAt(span: FoundToml): Pick<TextPlace, 'span' | 'fixed'> {
  return span.kind === 'string' ? { span } : { fixed: 'it is no text' };
}

function orphan(source: Source, { key, path }: DependencyEntry, from?: string): TextPlace {
  const root = from === undefined ? 'a workspace root' : `\`${from}\``;
  return { name: key, source, path, fixed: `it is inherited from ${root}, which cannot be read` };
}

function offerPlaces(
  source: Source,
  table: TomlTable,
  root: WorkspaceRoot | undefined,
  reader: Reader,
): TextPlace[] {
  if (!root) return [];
  const spansOf = scanOnce(reader, 'spans', tomlSpans);
  const own = crateName(String(valueAt(table, packageKey(table), 'name')));
  const offers =
    root.source === source
      ? [...root.offers().values()]
      : offersIn(root, posix.dirname(source.file), reader).filter(
          ({ name }) => crateName(name) === own,
        );
  return offers.map(({ key, name, directory, fixed }) => ({
    name,
    ...requirementText(root.source, ['workspace', 'dependencies', key], spansOf),
    ...(directory !== undefined && { directory }),
    ...(fixed !== undefined && { fixed }),
  }));
}

/** Every member asks for its own offers: looked up, not searched. */
function offersIn(root: WorkspaceRoot, directory: string, reader: Reader): readonly Offer[] {
  const byDirectory = scanOnce(reader, 'offers', () => {
    const grouped = new Map<string, Offer[]>();
    for (const offer of root.offers().values())
      if (offer.directory !== undefined)
        grouped.set(offer.directory, [...(grouped.get(offer.directory) ?? []), offer]);
    return grouped;
  });
  return byDirectory(root.source).get(directory) ?? [];
}

const redirects = ['patch', 'replace'] as const;
const redirected =
  'it redirects cargo inside this repository only: a release leaves it, and `cargo publish` drops it';

/** `[patch.….core]` and `[replace]."core:1.2.0"`, which no release ever edits. */
export function redirectPlaces(source: Source, table: TomlTable, reader: Reader): TextPlace[] {
  const spansOf = scanOnce(reader, 'spans', tomlSpans);
  const bases = redirects.flatMap((kind): TomlPath[] =>
    kind === 'replace'
      ? keysOf(table[kind]).map((key) => [kind, key])
      : keysOf(table[kind]).flatMap((registry) =>
          keysOf(valueAt(table, kind, registry)).map((key) => [kind, registry, key]),
        ),
  );
  return bases.map((base) => {
    const renamed = valueAt(table, ...base.map(String), 'package');
    const key = String(base.at(-1));
    const name = typeof renamed === 'string' ? renamed : key.replace(/^.*#|:.*$/g, '');
    return { name, ...requirementText(source, base, spansOf), fixed: redirected };
  });
}

function keysOf(table: unknown): string[] {
  return isTable(table) ? Object.keys(table) : [];
}
