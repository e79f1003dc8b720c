import { ForgeError } from '../../errors';
import { fail, ok, type DependencyKind, type Result, type Source } from '../../model';
import { located } from '../../text';
import { parseItems, valueText, type DependencyItem } from './dependencies';
import { parseLayout, type Element, type Field, type Section } from './layout';
import { stanzaKinds } from './stanzas';

/** A value that stands on one line, with its place in the text. */
export interface Literal {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface FoundDependency extends DependencyItem {
  readonly kind: DependencyKind;
  readonly section: string;
}

/** A `.cabal` file as far as releases care, with places. */
export interface Description {
  readonly elements: readonly Element[];
  readonly name: Literal | undefined;
  readonly version: Literal | undefined;
  /** Packages that others ship; the package itself and its own sub-libraries are left out. */
  readonly dependencies: readonly FoundDependency[];
  /** What components of this package ask of its own library. */
  readonly own: readonly FoundDependency[];
}

/** Fields that name packages. `pkgconfig-depends` names C libraries and `mixins` repeats a package. */
const dependencyFields: Readonly<Record<string, 'plain' | 'build'>> = {
  'build-depends': 'plain',
  'setup-depends': 'build',
  'build-tool-depends': 'build',
  'build-tools': 'build',
};

/** Problems: FORGE-M002 for the layout, FORGE-M006 for a dependency that Cabal does not read. */
export function describe(source: Source): Result<Description> {
  const parsed = parseLayout(source);
  if (!parsed.ok) return parsed;
  const elements = parsed.value;
  const name = literal(source, elements, 'name');
  const found = allDependencies(source, elements);
  if (!found.ok) return found;
  const isOwn = ownNames(elements, name?.value);
  return ok({
    elements,
    name,
    version: literal(source, elements, 'version'),
    dependencies: found.value.filter((each) => !isOwn.has(each.name)),
    own: found.value.filter((each) => each.name === name?.value),
  });
}

/** Cabal 3.4 takes the last of several fields of one name and warns. */
export function topField(elements: readonly Element[], name: string): Field | undefined {
  const fields = elements.filter((each): each is Field => each.kind === 'field');
  return fields.filter((each) => each.name === name && each.lines.length > 0).at(-1);
}

function literal(source: Source, elements: readonly Element[], name: string): Literal | undefined {
  const lines = topField(elements, name)?.lines;
  const start = lines?.[0]?.start;
  const end = lines?.at(-1)?.end;
  if (!lines || start === undefined || end === undefined) return undefined;
  return { value: valueText(source.text, lines), start, end };
}

/**
 * In `build-depends: sub`, a sub-library of this package hides a package of the same name; and the
 * package's own name means its own library.
 */
function ownNames(elements: readonly Element[], name: string | undefined): ReadonlySet<string> {
  const libraries = elements.flatMap((each) =>
    each.kind === 'section' && each.name === 'library' ? [each.argument] : [],
  );
  return new Set([...libraries, ...(name === undefined ? [] : [name])]);
}

function allDependencies(
  source: Source,
  elements: readonly Element[],
): Result<readonly FoundDependency[]> {
  const kinds = stanzaKinds(source.text, elements);
  const found: FoundDependency[] = [];
  const problems: ForgeError[] = [];
  const visit = (element: Element, section: string, kind: DependencyKind): void => {
    if (element.kind === 'section') {
      const inner = section === '' ? titleOf(element) : section;
      const innerKind = section === '' ? (kinds.get(element) ?? 'runtime') : kind;
      for (const each of element.elements) visit(each, inner, innerKind);
      return;
    }
    const use = dependencyFields[element.name];
    if (use === undefined) return;
    const parsed = parseItems(source.text, element.lines);
    if (!parsed.ok) return void problems.push(unreadable(source, element, parsed));
    const finalKind = use === 'build' && kind === 'runtime' ? 'build' : kind;
    const where = section === '' ? element.name : section;
    found.push(...parsed.items.map((item) => ({ ...item, kind: finalKind, section: where })));
  };
  for (const element of elements) visit(element, '', 'runtime');
  return problems.length > 0 ? fail(...problems) : ok(found);
}

function titleOf(section: Section): string {
  return section.argument === '' ? section.name : `${section.name} ${section.argument}`;
}

function unreadable(
  source: Source,
  field: Field,
  { start, length }: { readonly start: number; readonly length: number },
): ForgeError {
  const text = source.text.slice(start, start + length).split(/[\r\n]/)[0] ?? '';
  return new ForgeError('FORGE-M006', {
    what: `\`${field.name}\` holds \`${text}\`, which names no package with a version range`,
    ...located(source, start, text.length),
  });
}
