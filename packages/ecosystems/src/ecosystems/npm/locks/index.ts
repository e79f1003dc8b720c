import { posix } from 'node:path';
import type { Edit, ManifestChange, Reader, Source } from '../../../model';
import type { JsonObject } from '../package-json';
import type { ChangedText } from '../plan-edits';
import { locksAbove, locksBeyond } from './find-locks';
import type { LockChange, LockedText } from './lock';

interface PlannedChange {
  readonly change: ManifestChange;
  readonly texts: readonly ChangedText[];
}

/** Edits of all lock files that hold a package, for what changes in its manifest and in its workspace. */
export function planLocks(
  source: Source,
  json: JsonObject,
  { change, texts }: PlannedChange,
  reader: Reader,
): readonly Edit[] {
  const { version, requirements = [] } = change;
  const catalogs = texts.flatMap((changed) =>
    'catalog' in changed.text.in ? [{ ...locked(changed), catalog: changed.text.in.catalog }] : [],
  );
  const inManifest = (file: string): LockChange['texts'] =>
    texts.flatMap((changed) =>
      'section' in changed.text.in && changed.text.place.source.file === file
        ? [{ ...locked(changed), section: changed.text.in.section }]
        : [],
    );
  const name = typeof json['name'] === 'string' ? json['name'] : undefined;
  const own = { name, version, texts: inManifest(source.file), catalogs, versions: requirements };
  const others = new Set(texts.map(({ text }) => text.place.source.file));
  others.delete(source.file);
  return [
    ...editsAround(source.file, own, reader),
    ...[...others].flatMap((file) => {
      const rest = { name: undefined, version: undefined, catalogs: [], versions: [] };
      return editsAround(file, { ...rest, texts: inManifest(file) }, reader);
    }),
  ];
}

function locked({ text: { key, place }, to }: ChangedText): LockedText {
  return { key, from: place.text, to };
}

/** What a lock file of another workspace says of its own requirements and catalogs stays with the plans of its members. */
function editsAround(
  file: string,
  change: Omit<LockChange, 'directory'>,
  reader: Reader,
): readonly Edit[] {
  const directory = posix.dirname(file);
  const own = { ...change, catalogs: [], versions: [] };
  return [
    ...locksAbove(directory, reader).flatMap((each) =>
      each.lock.edits({ ...change, directory: each.directory }),
    ),
    ...locksBeyond(directory, reader).flatMap((each) =>
      each.lock.edits({ ...own, directory: each.directory }),
    ),
  ];
}
