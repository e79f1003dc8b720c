import { ForgeError } from '../../../errors';
import { allFlat, fail, ok, type DependencyKind, type Result, type Source } from '../../../model';
import { located } from '../../../text';
import { parseItems, valueText, type DependencyItem } from './dependencies';
import { parseLayout, type Element, type Field, type Section } from './layout';
import { componentNames, stanzaKinds } from './stanzas';

/** A value that stands on one line, with its place in the text. */
export interface Literal {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The whole value of a field. */
export interface FieldLiteral extends Literal {
  readonly field: Field;
}

export interface FoundDependency extends DependencyItem {
  readonly field: string;
  readonly kind: DependencyKind;
  readonly section: string;
}

/** A `.cabal` file as far as releases care, with places. */
export interface Description {
  readonly elements: readonly Element[];
  readonly name: Literal | undefined;
  readonly version: FieldLiteral | undefined;
  /** `x-release-candidate`: which candidate of the version this is. */
  readonly candidate: FieldLiteral | undefined;
  /** Packages that others ship; the package itself and its own sub-libraries are left out. */
  readonly dependencies: readonly FoundDependency[];
  /** What components of this package ask of its own library. */
  readonly own: readonly FoundDependency[];
}

/** Our own field; Cabal keeps every field that starts with `x-`. */
export const candidateField = 'x-release-candidate';

/** Fields that name packages. `pkgconfig-depends` names C libraries and `mixins` repeats a package. */
const dependencyFields: Readonly<Record<string, 'plain' | 'build'>> = {
  'build-depends': 'plain',
  'setup-depends': 'build',
  'build-tool-depends': 'build',
  'build-tools': 'build',
};

/** Cabal ignores every other section inside a section. */
export const conditionals: ReadonlySet<string> = new Set(['if', 'elif', 'else']);

/** Problems: FORGE-M002 for the layout, FORGE-M006 for a dependency that Cabal does not read. */
export function describe(source: Source): Result<Description> {
  const parsed = parseLayout(source);
  if (!parsed.ok) return parsed;
  const elements = parsed.value;
  const name = literal(source, elements, 'name');
  const found = allDependencies(source, elements);
  if (!found.ok) return found;
  const isOwn = ownComponents(elements, name?.value);
  return ok({
    elements,
    name,
    version: literal(source, elements, 'version'),
    candidate: literal(source, elements, candidateField),
    dependencies: found.value.filter((each) => !isOwn(each)),
    own: found.value.filter((each) => each.name === name?.value),
  });
}

/** Cabal 3.4 takes the last of several fields of one name and warns. */
export function topField(elements: readonly Element[], name: string): Field | undefined {
  return topFields(elements, name).at(-1);
}

/** Fields above or between the sections that have a value. */
export function topFields(elements: readonly Element[], name: string): Field[] {
  const fields = elements.filter((each): each is Field => each.kind === 'field');
  return fields.filter((each) => each.name === name && each.lines.length > 0);
}

/** The value of a field; empty where there is none. */
export function fieldText(text: string, elements: readonly Element[], name: string): string {
  const field = topField(elements, name);
  return field ? valueText(text, field.lines).trim() : '';
}

function literal(
  source: Source,
  elements: readonly Element[],
  name: string,
): FieldLiteral | undefined {
  const field = topField(elements, name);
  const start = field?.lines[0]?.start;
  const end = field?.lines.at(-1)?.end;
  if (!field || start === undefined || end === undefined) return undefined;
  return { value: valueText(source.text, field.lines), start, end, field };
}

/**
 * In `build-depends: sub`, a sub-library of this package hides a package of the same name, while `sub:lib`
 * means the package; in the old `build-tools: exe`, an executable does. The own name means the own library.
 */
function ownComponents(
  elements: readonly Element[],
  name: string | undefined,
): (found: FoundDependency) => boolean {
  const named = (kind: string): ReadonlySet<string> =>
    new Set(sections(elements, kind).map(({ argument }) => argument));
  const libraries = named('library');
  const executables = named('executable');
  return (found) => {
    if (found.name === name) return true;
    if (found.component !== undefined) return false;
    return (found.field === 'build-tools' ? executables : libraries).has(found.name);
  };
}

function sections(elements: readonly Element[], name: string): Section[] {
  return elements.filter((each): each is Section => each.kind === 'section' && each.name === name);
}

/** A component, or a conditional inside one, with what its dependencies are for. */
interface Scope {
  readonly section: string;
  readonly kind: DependencyKind;
  readonly elements: readonly Element[];
}

function allDependencies(
  source: Source,
  elements: readonly Element[],
): Result<readonly FoundDependency[]> {
  const results = scopesOf(source.text, elements).flatMap((scope) =>
    dependenciesIn(source, scope, scope.elements),
  );
  return allFlat(results);
}

/** Cabal ignores dependencies above the sections as soon as there is a component. */
function scopesOf(text: string, elements: readonly Element[]): Scope[] {
  const kinds = stanzaKinds(text, elements);
  const isComponent = (each: Element): boolean => componentNames.has(each.name);
  const scopes = elements.flatMap((each): Scope[] =>
    each.kind === 'section' && (isComponent(each) || each.name === 'common')
      ? [{ section: titleOf(each), kind: kinds.get(each) ?? 'dev', elements: each.elements }]
      : [],
  );
  if (elements.some((each) => each.kind === 'section' && isComponent(each))) return scopes;
  return [{ section: '', kind: 'runtime', elements }, ...scopes];
}

function dependenciesIn(
  source: Source,
  scope: Scope,
  elements: readonly Element[],
): Result<readonly FoundDependency[]>[] {
  return elements.flatMap((element) => {
    if (element.kind === 'section')
      return conditionals.has(element.name) ? dependenciesIn(source, scope, element.elements) : [];
    const use = dependencyFields[element.name];
    if (use === undefined) return [];
    const parsed = parseItems(source.text, element.lines);
    if (!parsed.ok) return [fail(unreadable(source, element, parsed))];
    const kind = use === 'build' && scope.kind === 'runtime' ? 'build' : scope.kind;
    const section = scope.section === '' ? element.name : scope.section;
    return [ok(parsed.items.map((item) => ({ ...item, field: element.name, kind, section })))];
  });
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
