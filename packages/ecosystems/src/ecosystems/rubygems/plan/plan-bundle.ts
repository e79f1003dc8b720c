import { posix } from 'node:path';
import { ok, type Edit, type Reader, type RequirementChange, type Result } from '../../../model';
import type { Bundle } from '../bundler/bundles';
import { gemfilePlaces, type GemfilePlace } from '../bundler/gemfile';
import { planLock, type RequirementMove } from '../bundler/lock-edits';
import { isBelow, isLocal, openLock } from '../bundler/lockfile';
import type { DependencyPlaces } from '../places';
import { render, type LiteralEdits } from '../ruby/value';
import type { Gem } from './plan-change';
import { planRequirements, type Wish } from './plan-requirements';

interface BundleChange {
  readonly gem: Gem;
  readonly bundle: Bundle;
  readonly version: string | undefined;
  readonly asked: ReadonlyMap<string, RequirementChange>;
  /** True for a bundle that takes the gem as a user does, without what its development needs. */
  readonly isUsed?: boolean;
  /** What the literals of the gem get. */
  readonly texts: LiteralEdits;
}

/** What one Gemfile asks of the gems that change, and what its lock file repeats of them. */
export function planBundle(change: BundleChange, reader: Reader): Result<readonly Edit[]> {
  const { bundle, gem, texts, isUsed = false } = change;
  const { byName, users } = gemfilePlaces(bundle.gemfile, reader);
  const wishes = [...versionsOf(change)].flatMap(([name, asked]) =>
    (byName.get(name) ?? [])
      .filter((place) => isMeant(place, change))
      .map((place): Wish => ({ place, asked })),
  );
  const gemfile = planRequirements(wishes, new Map(), users);
  if (!gemfile.ok) return gemfile;
  const lock = openLock(bundle.lock, reader);
  if (!lock) return ok(gemfile.value.edits);
  const after = new Map([...texts, ...gemfile.value.texts]);
  const { dependencies } = gem.places;
  const development = dependencies.filter(({ kind }) => kind === 'dev');
  const edits = planLock(lock, {
    versions: versionsOf(change),
    own: { name: gem.name ?? '', directory: posix.dirname(gem.source.file) },
    dependencies: moves(
      dependencies.filter(({ kind }) => kind === 'runtime'),
      after,
    ),
    gemfile: moves([...wishes.map(({ place }) => place), ...(isUsed ? [] : development)], after),
  });
  return ok([...gemfile.value.edits, ...edits]);
}

/** The gem itself and its dependencies, by name. A Gemfile's own requirement moves only when it must. */
function versionsOf({ gem, version, asked }: BundleChange): ReadonlyMap<string, Wish['asked']> {
  if (version === undefined || gem.name === null) return asked;
  return new Map<string, Wish['asked']>([...asked, [gem.name, { version, policy: 'violated' }]]);
}

/** A Gemfile may name a gem of the same name in another directory. */
function isMeant({ name, from }: GemfilePlace, { gem }: BundleChange): boolean {
  const directory = posix.dirname(gem.source.file);
  // Bundler finds the gems of a path in the directory itself and in those below it.
  return isLocal(from.path) && (name !== gem.name || isBelow(directory, from.path));
}

function moves(places: readonly DependencyPlaces[], after: LiteralEdits): RequirementMove[] {
  return places.map(({ name, texts }) => ({
    name,
    from: texts.map(({ value }) => render(value)),
    to: texts.map(({ value }) => render(value, after)),
  }));
}
