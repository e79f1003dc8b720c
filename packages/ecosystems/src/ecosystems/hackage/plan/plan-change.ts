import {
  allFlat,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type Result,
  type Source,
} from '../../../model';
import type { Description, FoundDependency } from '../cabal-file/description';
import { planRange, type WantedVersion } from './plan-range';
import { planVersion } from './plan-version';
import { constraintsOn } from '../project/constraints';

/** The edits of a `.cabal` file, and of the projects that constrain the package. */
export function planChange(
  source: Source,
  description: Description,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  return allFlat([
    planVersion(source, description, change.version),
    ...wantedRanges(description, change).map(([{ range }, wanted]) =>
      // Without a range every version is welcome.
      range ? planRange(source, range, wanted) : ok([]),
    ),
    planConstraints(source, description, change, reader),
  ]);
}

/** Every range on a package that changes; on a new version also what components ask of the package itself. */
export function wantedRanges(
  { dependencies, own }: Description,
  { version, requirements = [] }: ManifestChange,
): (readonly [FoundDependency, WantedVersion])[] {
  const byName = new Map(requirements.map((each) => [each.name, each]));
  const others = dependencies.flatMap((found) => {
    const wanted = byName.get(found.name);
    return wanted ? [[found, wanted] as const] : [];
  });
  if (version === undefined) return others;
  return [
    ...others,
    ...own.map((found) => [found, { name: found.name, version, policy: 'violated' }] as const),
  ];
}

/** Of the projects around, only what is said of this package, and only if its new version breaks it. */
export function planConstraints(
  { file }: Source,
  { name }: Description,
  { version }: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  if (version === undefined || !name) return ok([]);
  const found = constraintsOn(name.value, file, reader);
  if (!found.ok) return found;
  const wanted: WantedVersion = { name: name.value, version, policy: 'violated' };
  return allFlat(found.value.map((each) => planRange(each.source, each, wanted)));
}
