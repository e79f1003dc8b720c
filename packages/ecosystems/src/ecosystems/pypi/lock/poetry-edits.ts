import type { Edit } from '../../../model';
import { editAt, parseToml, type TomlPath, type TomlTable } from '../../../text';
import { directoryOf } from '../local-path';
import { normalizeName } from '../names';
import type { PyProject } from '../read-manifest';
import { expandPath, isTable, itemsAt, tableAt } from '../toml-access';
import type { Block, LockFile } from './lock-file';
import { poetryExact, poetrySpecifier } from './poetry-specifier';
import type { MovedRequirement } from './specifier-edits';

type Spelling = (requirement: string) => string | undefined;

/** What stands in `[package.dependencies]`: as it is written in Poetry's own tables, or as it was understood. */
const spellings: readonly Spelling[] = [(text) => text, poetrySpecifier, poetryExact];

/** Edits of the requirements that a poetry.lock repeats of a project that it installs from a directory. */
export function poetryEdits(
  { source, packages }: LockFile,
  project: PyProject,
  moved: readonly MovedRequirement[],
): Edit[] {
  if (moved.length === 0 || !source.file.endsWith('poetry.lock')) return [];
  const directory = directoryOf(project.source.file);
  const own = packages.get(normalizeName(project.name)) ?? [];
  return own
    .filter((each) => each.directory === directory)
    .flatMap((block) => {
      const parsed = parseToml(block.source);
      const found = parsed.ok
        ? [...dependencyTexts(block, parsed.value), ...extraTexts(block, parsed.value)]
        : [];
      return found.flatMap(({ name, text, at, known }) => {
        const to = movedTo(normalizeName(name), text, known, moved);
        if (to === undefined || to === text) return [];
        const start = block.start + at;
        const reason = `${source.file}: ${name} ${text} → ${to}`;
        return [editAt(source, start, start + text.length, to, reason)];
      });
    });
}

interface LockedText {
  readonly name: string;
  readonly text: string;
  /** Offset in the block. */
  readonly at: number;
  readonly known: readonly Spelling[];
}

/** `core = ">=1.2,<2"`, `core = {version = "^1.2", optional = true}`, and lists of the latter. */
function dependencyTexts(block: Block, document: TomlTable): LockedText[] {
  const table: TomlPath = ['package', 0, 'dependencies'];
  const names = Object.keys(tableAt(document, table) ?? {});
  return names.flatMap((name) =>
    itemsAt(document, [...table, name]).flatMap(([path, item]) =>
      textAt(block, isTable(item) ? [...path, 'version'] : path).map((found) => ({
        ...found,
        name,
        known: spellings,
      })),
    ),
  );
}

const extra = /^([\w.-]+)(?:\[[^\]]*\])? \(([^()]+)\)/;

/** `all = ["core[ink] (==1.2.0) ; python_version < \"3.12\""]`. */
function extraTexts(block: Block, document: TomlTable): LockedText[] {
  return expandPath(document, ['extras', '*'], ['package', 0])
    .flatMap((path) => itemsAt(document, path))
    .flatMap(([path]) => textAt(block, path))
    .flatMap(({ text: item, at }) => {
      const [whole = '', name, text = ''] = extra.exec(item) ?? [];
      if (name === undefined) return [];
      const start = at + whole.length - text.length - ')'.length;
      return [{ name, text, at: start, known: [poetrySpecifier] }];
    });
}

/** The text between the quotes as it is written. */
function textAt({ source, spans }: Block, path: TomlPath): Pick<LockedText, 'text' | 'at'>[] {
  const span = spans.find(path);
  if (span?.value === undefined) return [];
  return [{ text: source.text.slice(span.contentStart, span.contentEnd), at: span.contentStart }];
}

function movedTo(
  name: string,
  text: string,
  known: readonly Spelling[],
  moved: readonly MovedRequirement[],
): string | undefined {
  for (const { from, to } of moved.filter((each) => normalizeName(each.name) === name)) {
    const spelling = known.find((each) => each(from) === text);
    if (spelling) return spelling(to);
  }
  return undefined;
}
