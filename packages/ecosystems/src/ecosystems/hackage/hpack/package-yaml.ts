import { ok, type Result, type Source } from '../../../model';
import { parseYaml, type YamlDocument, type YamlPath, type YamlSpan } from '../../../text';
import { parseItem } from '../cabal-file/dependencies';
import { isRange } from '../ranges/range';

/** A range in a `package.yaml`. */
export interface TemplateRange {
  readonly name: string;
  /** In Cabal's grammar. */
  readonly text: string;
  /** True where the file has only the version, and hpack reads `==` before it. */
  readonly bare: boolean;
  /** Offsets of what stands in the file. */
  readonly start: number;
  readonly end: number;
  /** True for text with escapes or line ends in it, where offsets would be a guess. */
  readonly folded: boolean;
  /** For people: `executables.app.dependencies`. */
  readonly via: string;
}

/** A `package.yaml` as far as releases care. */
export interface Template {
  readonly source: Source;
  readonly document: YamlDocument;
  readonly version: YamlSpan | undefined;
  readonly ranges: readonly TemplateRange[];
}

/** Sections with one component, and with components by name. */
const components = ['library', 'executable', 'custom-setup'];
const maps = ['executables', 'internal-libraries', 'tests', 'benchmarks'];
const dependencyKeys = ['dependencies', 'build-tools'];

/** FORGE-M001 and M002 for what is no YAML. */
export function readTemplate(source: Source): Result<Template> {
  const parsed = parseYaml(source);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  const sections: YamlPath[] = [
    [],
    ...components.map((key) => [key]),
    ...maps.flatMap((key) => document.members([key]).map((member) => [key, member.key])),
  ];
  const ranges = sections.flatMap((path) => rangesOfSection(document, path));
  // Merges and aliases show one text at several paths.
  const once = new Map(ranges.map((range) => [range.start, range]));
  return ok({ source, document, version: document.find(['version']), ranges: [...once.values()] });
}

/** A section with its conditionals: `when` is one or a list, each with fields of its own, or `then` and `else`. */
function rangesOfSection(document: YamlDocument, path: YamlPath, depth = 0): TemplateRange[] {
  // An alias may lead to itself from below.
  if (depth > 20 || document.find(path)?.kind !== 'mapping') return [];
  const own = dependencyKeys.flatMap((key) => rangesOfList(document, [...path, key]));
  const when: YamlPath = [...path, 'when'];
  const listed = document.items(when).map((_, index) => [...when, index]);
  const conditionals = (listed.length > 0 ? listed : [when]).flatMap((each) => [
    each,
    [...each, 'then'],
    [...each, 'else'],
  ]);
  return [...own, ...conditionals.flatMap((each) => rangesOfSection(document, each, depth + 1))];
}

function rangesOfList(document: YamlDocument, path: YamlPath): TemplateRange[] {
  const found = document.find(path);
  const via = path.join('.');
  if (found?.kind === 'scalar') return rangeOfItem(found, via);
  if (found?.kind === 'mapping')
    return document
      .members(path)
      .flatMap(({ key, span }) => rangeOfMember(document, key, span, [...path, key]));
  return document.items(path).flatMap((item, index) => {
    if (item.kind === 'scalar') return rangeOfItem(item, via);
    const name = document.find([...path, index, 'name'])?.text;
    return name === undefined ? [] : rangeOfMember(document, name, item, [...path, index]);
  });
}

/** `core:sub >=1.2`, in one text. */
function rangeOfItem(
  { text = '', verbatim, contentStart }: YamlSpan,
  via: string,
): TemplateRange[] {
  const content = text.trimEnd();
  const item = parseItem(content.trimStart());
  if (!item?.range || !isRange(item.range)) return [];
  const end = contentStart + content.length;
  const start = end - item.range.length;
  return [{ name: item.name, text: item.range, bare: false, start, end, folded: !verbatim, via }];
}

/** `core: ">=1.2"`, `core: 1.2`, and `core: { version: ">=1.2" }`. */
function rangeOfMember(
  document: YamlDocument,
  key: string,
  span: YamlSpan,
  path: YamlPath,
): TemplateRange[] {
  const value = span.kind === 'mapping' ? document.find([...path, 'version']) : span;
  const name = parseItem(key)?.name;
  if (name === undefined || value?.kind !== 'scalar' || !value.text) return [];
  const bare = /^\d/.test(value.text);
  const text = bare ? `==${value.text}` : value.text;
  const { contentStart: start, contentEnd: end, verbatim } = value;
  if (!isRange(text)) return [];
  return [{ name, text, bare, start, end, folded: !verbatim, via: path.join('.') }];
}
