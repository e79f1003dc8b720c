import { posix } from 'node:path';
import type { Edit, ManifestChange, Reader, Source } from '../../../model';
import type { JsonObject } from '../package-json';
import type { ChangedText } from '../plan-edits';
import type { Lock, LockChange, LockFormat, LockedText } from './lock';

/** Loaded with the first lock file of its kind. */
const formats: readonly (Pick<LockFormat, 'files'> & { readonly load: () => LockFormat })[] = [
  {
    files: ['package-lock.json', 'npm-shrinkwrap.json'],
    load: () => (require('./package-lock') as typeof import('./package-lock')).packageLock,
  },
  {
    files: ['pnpm-lock.yaml'],
    load: () => (require('./pnpm-lock') as typeof import('./pnpm-lock')).pnpmLock,
  },
  {
    files: ['yarn.lock'],
    load: () => (require('./yarn-lock') as typeof import('./yarn-lock')).yarnLock,
  },
  {
    files: ['bun.lock'],
    load: () => (require('./bun-lock') as typeof import('./bun-lock')).bunLock,
  },
];

interface PlannedChange {
  readonly change: ManifestChange;
  readonly texts: readonly ChangedText[];
}

/** Edits of the lock files beside a manifest and above it, for what changes in it and in its workspace. */
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
    ...editsAbove(source.file, own, reader),
    ...[...others].flatMap((file) => {
      const rest = { name: undefined, version: undefined, catalogs: [], versions: [] };
      return editsAbove(file, { ...rest, texts: inManifest(file) }, reader);
    }),
  ];
}

function locked({ text: { key, place }, to }: ChangedText): LockedText {
  return { key, from: place.text, to };
}

function editsAbove(
  file: string,
  change: Omit<LockChange, 'directory'>,
  reader: Reader,
): readonly Edit[] {
  const directory = posix.dirname(file);
  return directoriesUp(directory).flatMap((above) =>
    locksIn(above, reader).flatMap((lock) =>
      lock.edits({ ...change, directory: posix.relative(above, directory) }),
    ),
  );
}

function directoriesUp(directory: string): string[] {
  const above = posix.dirname(directory);
  return above === directory ? [directory] : [directory, ...directoriesUp(above)];
}

function locksIn(directory: string, reader: Reader): readonly Lock[] {
  return reader.memo(`npm:locks:${directory}`, () => {
    const present = new Set(reader.list(directory));
    return formats.flatMap(({ files, load }) =>
      files.flatMap((name) => {
        const source = present.has(name) ? reader.read(posix.join(directory, name)) : undefined;
        return source ? [load().open(source)] : [];
      }),
    );
  });
}
