import type { Edit, RequirementChange, Source } from '../../../model';
import { editAt } from '../../../text';
import { lockedRequirement, lockedVersion } from './locked-spelling';
import { isBelow, isLocal, type Lock, type LockedText } from './lockfile';

/** A requirement before and after a release; null for a string that is computed. */
export interface RequirementMove {
  readonly name: string;
  readonly from: readonly (string | null)[];
  readonly to: readonly (string | null)[];
}

export interface LockChange {
  /** New versions by name, native. */
  readonly versions: ReadonlyMap<string, Pick<RequirementChange, 'version' | 'policy'>>;
  /** The gem that is planned, and its directory. */
  readonly own: { readonly name: string; readonly directory: string };
  /** Requirements of the gem. */
  readonly dependencies: readonly RequirementMove[];
  /** Requirements that the Gemfile states, itself or by `gemspec`. */
  readonly gemfile: readonly RequirementMove[];
}

/** Edits that bring the entries of local gems to their new versions and requirements; nothing third-party moves. */
export function planLock({ source, index }: Lock, change: LockChange): Edit[] {
  const { own, versions, dependencies, gemfile } = change;
  const gems = [...versions].flatMap(([name, { version }]) => {
    const local = (index.gems.get(name) ?? []).filter(({ remote }) => isIn(remote, name, own));
    if (local.length === 0) return [];
    const places = [...local.map((each) => each.version), ...(index.checksums.get(name) ?? [])];
    return places.flatMap((place) => replace(source, place, lockedVersion(version)));
  });
  const lines = (index.gems.get(own.name) ?? [])
    .filter(({ remote }) => isIn(remote, own.name, own))
    .flatMap((gem) => gem.dependencies.flatMap((line) => follow(source, line, dependencies)));
  const asked = new Set(gemfile.map(({ name }) => name));
  const entries = [...asked]
    .flatMap((name) => index.dependencies.get(name) ?? [])
    .flatMap((line) => follow(source, line, gemfile));
  return [...gems, ...lines, ...entries];
}

/** A gem of the workspace; the planned one only where its own directory is meant. */
function isIn(remote: string, name: string, own: LockChange['own']): boolean {
  return isLocal(remote) && (name !== own.name || isBelow(own.directory, remote));
}

/** One of two requirements on one name may stand in a branch that was not taken: the line says which one was. */
function follow(source: Source, line: LockedText, moves: readonly RequirementMove[]): Edit[] {
  const known = moves.filter(({ name }) => name === line.name);
  const move =
    known.find(({ from }) => lockedRequirement(from) === line.text) ??
    (known.length === 1 ? known[0] : undefined);
  const [from, to] = move ? [lockedRequirement(move.from), lockedRequirement(move.to)] : [];
  return to === undefined || from === to ? [] : replace(source, line, to);
}

function replace(source: Source, { name, text, start }: LockedText, to: string): Edit[] {
  if (text === to) return [];
  const reason = `${source.file}: ${name}${bare(text)} →${bare(to)}`;
  return [editAt(source, start, start + text.length, to, reason)];
}

function bare(text: string): string {
  const inner = text.replace(/^ \((.*)\)$/, '$1');
  return inner === '' ? '' : ` ${inner}`;
}
