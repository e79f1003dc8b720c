import type { Dependency } from '../../model';
import type { SpecDependency, Specification } from './gemspec/specification';
import { versionLiterals, type VersionLiterals } from './gemspec/version-literals';
import { isPlainLiteral } from './ruby/literal-edit';
import type { Location } from './ruby/prism';
import {
  literalKey,
  literalsOf,
  onlyLiteral,
  render,
  type Literal,
  type Piece,
  type Value,
} from './ruby/value';
import { isVersion } from './version-number';

/** Where a gem says what it means: found in one place for reading, locating and editing. */
export interface Places extends FoundDependencies {
  readonly version: VersionPlace;
}

export interface FoundDependencies {
  /** Dependencies with a name that is known, in their order. */
  readonly dependencies: readonly DependencyPlaces[];
  /** Names of the dependencies that a literal serves, by `literalKey`; null for a name that is computed. */
  readonly users: ReadonlyMap<string, ReadonlySet<string | null>>;
}

export interface VersionPlace extends VersionLiterals {
  readonly value: Value;
  /** What the specification says, for frames. */
  readonly place: Location;
  readonly fixed?: string;
}

export interface DependencyPlaces {
  readonly name: string;
  readonly kind: Dependency['kind'];
  readonly from: SpecDependency;
  /** One for each string of its requirement. */
  readonly texts: readonly RequirementText[];
}

export interface RequirementText {
  readonly value: Value;
  /** The literal that an edit would replace. */
  readonly literal?: Literal;
  /** Why it cannot be edited, or not by itself. */
  readonly fixed?: string;
  /** A version that is written elsewhere and moves with that: the gem's own, or another gem's. */
  readonly follows?: 'own version' | 'another version';
}

/** Finds the places of a specification, whose dependencies may be given with those of the Gemfile beside it. */
export function findPlaces(
  attributes: Specification['attributes'],
  dependencies: readonly SpecDependency[],
  root: string,
): Places {
  const version = versionPlace(attributes);
  const own = new Set(literalsOf(version.value).map(literalKey));
  return { version, ...findDependencies(dependencies, root, own) };
}

/** The places of dependencies of a gem or a Gemfile in `root`; `own` are the literals of the gem's own version. */
export function findDependencies(
  dependencies: readonly SpecDependency[],
  root: string,
  own: ReadonlySet<string> = new Set(),
): FoundDependencies {
  const users = usersOf(dependencies);
  const found = dependencies.flatMap((from): DependencyPlaces[] => {
    const name = render(from.name);
    // A name that is computed cannot be matched with any package.
    if (name === null) return [];
    const texts = from.requirements.map((value) => requirementText(value, { own, root, users }));
    return [{ name, kind: runtimeMethods.includes(from.method) ? 'runtime' : 'dev', from, texts }];
  });
  return { dependencies: found, users };
}

const runtimeMethods = ['add_dependency', 'add_runtime_dependency'];

function versionPlace(attributes: Specification['attributes']): VersionPlace {
  const attribute = attributes.get('version');
  const nowhere = { startOffset: 0, length: 1 };
  const value: Value = attribute?.value ?? { kind: 'text', pieces: [''] };
  const place = attribute?.place ?? nowhere;
  const found = versionLiterals(value);
  if (!found) return { value, place, literals: [], takesNil: false, fixed: reasonOf(value) };
  const followed = found.literals.find(({ kind }) => kind === 'followed');
  if (followed)
    return { value, place, ...found, fixed: `it is read from \`${followed.source.file}\`` };
  const plain = found.literals.every(isPlainLiteral);
  return { value, place, ...found, ...(plain ? {} : { fixed: 'it is written with escapes' }) };
}

function reasonOf(value: Value): string {
  return (value.kind === 'unknown' ? value.why : undefined) ?? 'it is computed';
}

interface Surroundings extends Pick<FoundDependencies, 'users'> {
  readonly own: ReadonlySet<string>;
  /** Workspace-relative directory of the gem. */
  readonly root: string;
}

function requirementText(value: Value, { own, root, users }: Surroundings): RequirementText {
  if (render(value) === null) return { value, fixed: reasonOf(value) };
  const literals = literalsOf(value);
  if (literals.some((each) => own.has(literalKey(each))))
    return { value, fixed: 'it is the own version', follows: 'own version' };
  const foreign = literals.find((each) => isForeignVersion(each, root));
  if (foreign)
    return { value, fixed: `it follows \`${foreign.source.file}\``, follows: 'another version' };
  const literal = onlyLiteral(value) ?? versionPiece(value);
  if (!literal || literal.kind === 'integer') return { value, fixed: 'it is computed' };
  if (!isPlainLiteral(literal)) return { value, fixed: 'it is written with escapes' };
  const others = users.get(literalKey(literal))?.size ?? 1;
  return { value, literal, ...(others > 1 ? { fixed: 'it serves several dependencies' } : {}) };
}

/** `Core::VERSION` in the files of another gem: that gem's release writes it. */
function isForeignVersion({ kind, source, text }: Literal, root: string): boolean {
  const inside = root === '.' || source.file.startsWith(`${root}/`);
  return kind === 'followed' || (!inside && isVersion(text));
}

/** In `"~> #{CORE_VERSION}"` the one literal with a number in it. */
function versionPiece(value: Value): Literal | undefined {
  if (value.kind !== 'text' || value.pieces.some((piece) => !isLiteral(piece))) return undefined;
  const [found, ...others] = literalsOf(value).filter(({ text }) => /[0-9]/.test(text));
  return others.length === 0 ? found : undefined;
}

function isLiteral(piece: Piece): boolean {
  return typeof piece === 'object' && piece.kind !== 'joined';
}

function usersOf(dependencies: readonly SpecDependency[]): FoundDependencies['users'] {
  const users = new Map<string, Set<string | null>>();
  for (const { name, requirements } of dependencies)
    for (const key of requirements.flatMap(literalsOf).map(literalKey)) {
      const known = users.get(key) ?? new Set();
      users.set(key, known.add(render(name)));
    }
  return users;
}
