import { posix } from 'node:path';
import {
  all,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type Result,
  type Source,
} from '../../../model';
import type { Places } from '../places';
import type { LiteralEdits } from '../ruby/value';
import { planBundle } from './plan-bundle';
import { planRequirements } from './plan-requirements';
import { planVersion } from './plan-version';
import { bundlesAround } from '../bundler/bundles';
import { bundlesBeyond } from '../bundler/bundles-beyond';

/** A gem as it is searched: its name and its places. */
export interface Gem {
  readonly name: string | null;
  readonly source: Source;
  readonly places: Places;
}

export interface Planned {
  /** New texts of literals, for what is to be read as it will be. */
  readonly texts: LiteralEdits;
  readonly edits: readonly Edit[];
}

/** Edits of literals, of Gemfiles and of lock files that make a gem say what is asked, or every reason why not. */
export function planChange(
  gem: Gem,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const { source, places } = gem;
  const version = planVersion(source, places.version, change.version);
  const asked = new Map((change.requirements ?? []).map((each) => [each.name, each]));
  const wishes = places.dependencies.flatMap((place) => {
    const wish = asked.get(place.name);
    return wish ? [{ place, asked: wish }] : [];
  });
  const ownTexts: LiteralEdits = version.ok ? version.value.texts : new Map();
  const requirements = planRequirements(wishes, ownTexts, places.users);
  const planned = all([version, requirements]);
  if (!planned.ok) return planned;
  const texts = new Map(planned.value.flatMap((each) => [...each.texts]));
  const directory = posix.dirname(source.file);
  const own = { gem, texts, version: change.version };
  const bundles = all([
    ...bundlesAround(directory, reader).map((bundle) =>
      planBundle({ ...own, bundle, asked }, reader),
    ),
    // What others need of other gems stays with the plans of those.
    ...bundlesBeyond(directory, reader).map((bundle) =>
      planBundle({ ...own, bundle, asked: new Map(), isUsed: true }, reader),
    ),
  ]);
  if (!bundles.ok) return bundles;
  return ok([...planned.value.flatMap(({ edits }) => edits), ...bundles.value.flat()]);
}
