import { posix } from 'node:path';
import type { Edit, ManifestChange, Reader, Source } from '../../../model';
import type { TomlTable } from '../../../text';
import { locksElsewhere, type OwnChange } from './locks-elsewhere';
import { indexLock, planLock, type LockedChange } from './lockfile';
import type { CratePlaces } from './places';
import { scanOnce } from './scan-once';
import { packageKey, valueAt } from '../manifest/tables';

interface Crate {
  readonly source: Source;
  readonly table: TomlTable;
  readonly places: CratePlaces;
}

/**
 * Edits of the lock file beside the workspace root; without them `cargo build --locked` fails after a release.
 * Also of those elsewhere that know this crate at this version: another workspace may use it by its path.
 */
export function lockEdits(crate: Crate, change: ManifestChange, reader: Reader): readonly Edit[] {
  const { source, places } = crate;
  const main = posix.dirname((places.root?.source ?? source).file);
  const own = ownChange(crate, change);
  const changes = (change.requirements ?? []).map(({ name, version: to }) => ({ name, to }));
  const elsewhere = own ? locksElsewhere(own, main, reader) : [];
  return [
    ...editsIn(main, own ? [...changes, own] : changes, reader),
    ...(own ? elsewhere.flatMap((each) => editsIn(each, [own], reader, own.from)) : []),
  ];
}

function ownChange(
  { source, table, places }: Crate,
  { version }: ManifestChange,
): OwnChange | undefined {
  const name = valueAt(table, packageKey(table), 'name');
  if (version === undefined || typeof name !== 'string') return undefined;
  const from = places.version?.span?.value ?? version;
  return { name, from, to: version, directory: posix.dirname(source.file) };
}

/** With `known`, only where the packages are locked at that version. */
function editsIn(
  directory: string,
  changes: readonly LockedChange[],
  reader: Reader,
  known?: string,
): Edit[] {
  const lock = reader.read(posix.join(directory, 'Cargo.lock'));
  if (!lock) return [];
  const index = scanOnce(reader, 'lock', indexLock)(lock);
  const locked = changes.filter(
    ({ name }) =>
      known === undefined || index.entries.get(name)?.some(({ version }) => version === known),
  );
  return planLock(lock, locked, index);
}
