import type { DependencyKind } from '../../../model';
import { valueText } from './dependencies';
import type { Element, Section } from './layout';

/** What the users of a package build; test suites and benchmarks are for its developers. */
const componentKinds: Readonly<Record<string, DependencyKind>> = {
  library: 'runtime',
  'foreign-library': 'runtime',
  executable: 'runtime',
  'test-suite': 'dev',
  benchmark: 'dev',
  'custom-setup': 'build',
};

/** Sections that are built, or that build. */
export const componentNames: ReadonlySet<string> = new Set(Object.keys(componentKinds));

const strength: readonly DependencyKind[] = ['dev', 'build', 'runtime'];

/**
 * The kind of the dependencies of every top-level section. A `common` stanza counts as the strongest
 * of the components that import it, through other stanzas too; one that nobody imports counts as `dev`.
 */
export function stanzaKinds(
  text: string,
  elements: readonly Element[],
): ReadonlyMap<Element, DependencyKind> {
  const kinds = new Map<Element, DependencyKind>();
  const commons = new Map<string, Section>();
  for (const element of elements) {
    if (element.kind !== 'section') continue;
    if (element.name === 'common') commons.set(element.argument, element);
    kinds.set(element, componentKinds[element.name] ?? 'dev');
  }
  if (commons.size === 0) return kinds;
  // Each stanza is looked at again only when it grows stronger: three times at most, however they are woven.
  const open = [...kinds.keys()].filter(({ name }) => name !== 'common');
  for (let next = open.pop(); next; next = open.pop()) {
    const kind = kinds.get(next) ?? 'dev';
    for (const name of importsOf(text, next)) {
      const common = commons.get(name);
      if (!common || !isStronger(kind, kinds.get(common))) continue;
      kinds.set(common, kind);
      open.push(common);
    }
  }
  return kinds;
}

function isStronger(kind: DependencyKind, than: DependencyKind | undefined): boolean {
  return strength.indexOf(kind) > strength.indexOf(than ?? 'dev');
}

/** `import` may stand in conditionals too (Cabal 3.0 and later). */
function importsOf(text: string, section: Element): string[] {
  if (section.kind === 'field') return [];
  return section.elements.flatMap((element) => {
    if (element.kind === 'section') return importsOf(text, element);
    if (element.name !== 'import') return [];
    return valueText(text, element.lines)
      .split(',')
      .map((name) => name.trim());
  });
}
