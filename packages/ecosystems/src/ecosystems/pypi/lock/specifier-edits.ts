import type { Edit } from '../../../model';
import { editAt, parseToml, sourceOfText, tomlSpans, type TomlPath } from '../../../text';
import { directoryOf } from '../local-path';
import { normalizeName } from '../names';
import type { PyProject } from '../read-manifest';
import { expandPath, isTable, itemsAt } from '../toml-access';
import type { Block, LockFile } from './lock-file';
import { uvSpecifier } from './uv-specifier';

/** A requirement of the project as it was and as it is going to be. */
export interface MovedRequirement {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** uv repeats what a project asks for; of what it finds in the workspace only the name. */
const ownLists: readonly (readonly string[])[] = [
  ['metadata', 'requires-dist'],
  ['metadata', 'requires-dev', '*'],
];
const rootLists: readonly (readonly string[])[] = [
  ['manifest', 'requirements'],
  ['manifest', 'constraints'],
  ['manifest', 'overrides'],
  ['manifest', 'build-constraints'],
  ['manifest', 'dependency-groups', '*'],
];

/** Edits of the specifiers that a uv.lock repeats of the project's own requirements. */
export function specifierEdits(
  lock: LockFile,
  project: PyProject,
  moved: readonly MovedRequirement[],
): Edit[] {
  if (moved.length === 0) return [];
  const directory = directoryOf(project.source.file);
  const own = lock.packages.get(normalizeName(project.name)) ?? [];
  const blocks = own.filter((each) => each.directory === directory);
  const edits = blocks.flatMap((block) => listEdits(lock, block, ['package', 0], ownLists, moved));
  const head = lock.directory === directory ? headOf(lock) : undefined;
  return head ? [...edits, ...listEdits(lock, head, [], rootLists, moved)] : edits;
}

/** What stands before the first package: the inputs of the whole workspace. */
function headOf({ source }: LockFile): Block | undefined {
  const end = source.text.search(/^\[\[package\]\]/m);
  const head = sourceOfText(source.file, end < 0 ? source.text : source.text.slice(0, end));
  return head && { source: head, spans: tomlSpans(head), start: 0 };
}

function listEdits(
  { source }: LockFile,
  block: Block,
  base: TomlPath,
  lists: readonly (readonly string[])[],
  moved: readonly MovedRequirement[],
): Edit[] {
  const parsed = parseToml(block.source);
  if (!parsed.ok) return [];
  const paths = lists.flatMap((list) => expandPath(parsed.value, list, base));
  return paths
    .flatMap((path) => itemsAt(parsed.value, path))
    .flatMap(([path, item]) => {
      const span = block.spans.find([...path, 'specifier']);
      const name = isTable(item) ? item['name'] : undefined;
      const to = movedTo(name, span?.value, moved);
      if (!span || to === undefined) return [];
      const start = block.start + span.contentStart;
      const reason = `${source.file}: ${String(name)} ${span.value ?? ''} → ${to}`;
      return [editAt(source, start, block.start + span.contentEnd, to, reason)];
    });
}

function movedTo(
  name: unknown,
  specifier: string | undefined,
  moved: readonly MovedRequirement[],
): string | undefined {
  const found = moved.find(
    (each) =>
      typeof name === 'string' &&
      normalizeName(each.name) === normalizeName(name) &&
      uvSpecifier(each.from) === specifier,
  );
  return found && uvSpecifier(found.to);
}
