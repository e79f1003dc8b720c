import type { Ecosystem, FoundPackages, PackageSearch } from '@forge/ecosystems';
import { searchPackages, type Store } from '../store';

const mostAtOnce = 250;

/** What a tool looks for in its own ecosystem, ranked as everywhere. */
export async function findPackages(
  { db, catalog }: Store,
  { id, normalizeName }: Ecosystem,
  { text, limit, offset }: PackageSearch,
): Promise<FoundPackages> {
  const wanted = text.replaceAll('\0', ' ').trim().slice(0, 200);
  const { found, total } = await searchPackages(db, {
    text: wanted,
    spellings: [{ ecosystem: id, name: normalizeName(wanted) }],
    limit: between(1, limit, mostAtOnce),
    offset: between(0, offset, 1_000_000),
  });
  const packages = await Promise.all(
    found.map(({ normalizedName }) => catalog.package(id, normalizedName)),
  );
  return { packages: packages.flatMap((each) => each ?? []), total };
}

/** Whatever number a client says, also none. */
function between(least: number, value: number, most: number): number {
  return Math.trunc(Math.min(most, Math.max(least, Number.isFinite(value) ? value : least)));
}
