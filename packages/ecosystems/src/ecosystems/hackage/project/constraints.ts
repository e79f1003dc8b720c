import { posix } from 'node:path';
import { ok, type Reader, type Result, type Source } from '../../../model';
import { splitAtCommas, valueText } from '../cabal-file/dependencies';
import { conditionals } from '../cabal-file/description';
import { parseLayout, type Element, type Field } from '../cabal-file/layout';
import { packagePatterns, type PackagePatterns } from './packages';
import type { RangePlace } from '../plan/plan-range';
import { isRange } from '../ranges/range';

/** A range that a project sets on one of its own packages. */
export interface ProjectConstraint extends RangePlace {
  readonly source: Source;
}

/** A `cabal.project`, with the constraints of its freeze file. */
interface Project {
  readonly packages: PackagePatterns;
  readonly constraints: ReadonlyMap<string, readonly ProjectConstraint[]>;
}

/**
 * `core ==1.2.*`, and with the scopes of cabal (3.4) `any.core`, `setup.core`, `app:setup.core`. What is no
 * range (`installed`, `+flag`) constrains no version.
 */
const constraint =
  /^(?:any\.|(?:[A-Za-z0-9-]+:)?setup\.)?([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)\s*([^\s\w+-][^]*|-(?:any|none))$/;

/**
 * What the projects around a package demand of its version: cabal finds no plan once the package has left such a
 * range. `cabal.project.local` belongs to one machine and is left alone. FORGE-M002 for a project that cannot
 * be read.
 */
export function constraintsOn(
  name: string,
  manifest: string,
  reader: Reader,
): Result<readonly ProjectConstraint[]> {
  const found: ProjectConstraint[] = [];
  for (const directory of directoriesAbove(manifest)) {
    const project = projectIn(directory, reader);
    if (!project.ok) return project;
    const own = project.value?.constraints.get(name) ?? [];
    if (own.length > 0 && project.value?.packages(posix.relative(directory, manifest)))
      found.push(...own);
  }
  return ok(found);
}

function directoriesAbove(manifest: string): string[] {
  const directories = [posix.dirname(manifest)];
  for (let last = directories[0] ?? '.'; last !== '.'; last = posix.dirname(last))
    directories.push(posix.dirname(last));
  return directories;
}

/** All packages of a workspace look into the same few files: they are read once. */
function projectIn(directory: string, reader: Reader): Result<Project | undefined> {
  return reader.memo(`hackage:project:${directory}`, () => {
    const file = posix.join(directory, 'cabal.project');
    const source = reader.read(file);
    if (!source) return ok(undefined);
    const elements = parseLayout(source);
    if (!elements.ok) return elements;
    const frozen = reader.read(`${file}.freeze`);
    const pins = frozen ? parseLayout(frozen) : ok([]);
    if (!pins.ok) return pins;
    const constraints = new Map<string, ProjectConstraint[]>();
    collect(source, elements.value, constraints);
    if (frozen) collect(frozen, pins.value, constraints);
    return ok({ packages: packagePatterns(source, elements.value), constraints });
  });
}

function collect(
  source: Source,
  elements: readonly Element[],
  into: Map<string, ProjectConstraint[]>,
): void {
  for (const element of elements) {
    if (element.kind === 'field' && element.name === 'constraints')
      collectField(source, element, into);
    else if (element.kind === 'section' && conditionals.has(element.name))
      collect(source, element.elements, into);
  }
}

function collectField(
  source: Source,
  { lines }: Field,
  into: Map<string, ProjectConstraint[]>,
): void {
  const offset = lines[0]?.start ?? 0;
  for (const piece of splitAtCommas(valueText(source.text, lines))) {
    const content = piece.text.trimEnd();
    const [, name, text] = constraint.exec(content.trimStart()) ?? [];
    if (name === undefined || text === undefined || !isRange(text)) continue;
    const end = offset + piece.start + content.length;
    const known = into.get(name) ?? [];
    into.set(name, [...known, { source, text, start: end - text.length, end }]);
  }
}
