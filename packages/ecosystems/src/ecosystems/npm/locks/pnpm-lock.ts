import type { Edit, Source } from '../../../model';
import { replaceLocked, type Lock, type LockFormat, type LockPlace } from './lock';
import { lockLines } from './lock-lines';

/**
 * pnpm's lock file. `importers` has the requirements of every member by directory as `specifier`, beside what they
 * resolve to: members of the workspace as `link:` (lock files 6 and 9; version 5 keeps them in `specifiers`, and
 * without a workspace all stands at the top level). `packages` has the peers of what is copied by `file:` from a
 * directory. `catalogs` has requirement and version of what is used.
 * Seen with pnpm 10.34.
 */
export const pnpmLock: LockFormat = { files: ['pnpm-lock.yaml'], open };

interface Index {
  readonly directories: ReadonlySet<string>;
  /** By directory and key: a key may stand in several tables. */
  readonly specifiers: ReadonlyMap<string, readonly LockPlace[]>;
  /** By catalog and key, then `specifier` and `version`. */
  readonly catalogs: ReadonlyMap<string, LockPlace>;
  readonly catalogVersions: ReadonlyMap<string, readonly LockPlace[]>;
  /** `name@version` of everything that comes from a registry. */
  readonly foreign: ReadonlySet<string>;
}

function open(source: Source): Lock {
  const index = indexLines(source.text);
  const replace = (place: LockPlace | undefined, key: string, to: string, from?: string): Edit[] =>
    replaceLocked(source, place, { key, from: from ?? place?.text ?? '', to, spelled: spell(to) });
  const catalogVersion = (name: string, to: string): Edit[] =>
    (index.catalogVersions.get(name) ?? [])
      .filter(({ text }) => !index.foreign.has(`${name}@${text}`))
      .flatMap((place) => replace(place, name, to));
  return {
    directories: index.directories,
    edits: ({ directory, name, version, texts, catalogs, versions }) => [
      ...texts.flatMap(({ key, from, to }) =>
        (index.specifiers.get(`${directory || '.'}\0${key}`) ?? []).flatMap((place) =>
          replace(place, key, to, from),
        ),
      ),
      ...catalogs.flatMap(({ catalog, key, from, to }) =>
        replace(index.catalogs.get(`${catalog}\0${key}`), key, to, from),
      ),
      ...versions.flatMap((each) => catalogVersion(each.name, each.version)),
      ...(name === undefined || version === undefined ? [] : catalogVersion(name, version)),
    ],
  };
}

function indexLines(text: string): Index {
  const directories = new Set<string>();
  const specifiers = new Map<string, LockPlace[]>();
  const catalogs = new Map<string, LockPlace>();
  const catalogVersions = new Map<string, LockPlace[]>();
  const foreign = new Set<string>();
  const add = (map: Map<string, LockPlace[]>, key: string, place: LockPlace): void => {
    map.set(key, [...(map.get(key) ?? []), place]);
  };
  for (const { path, value } of lockLines(text)) {
    const [top = '', second = '', third = '', fourth = ''] = path;
    if (top === 'importers') {
      const isSpecifier = path.length === 5 ? path[4] === 'specifier' : third === 'specifiers';
      if (second !== '') directories.add(second === '.' ? '' : second);
      if (isSpecifier && value.text !== '') add(specifiers, `${second}\0${fourth}`, value);
    } else if (top === 'catalogs' && fourth === 'specifier')
      catalogs.set(`${second}\0${third}`, value);
    else if (top === 'catalogs' && fourth === 'version') add(catalogVersions, third, value);
    else if (top === 'packages') {
      const copied = /.@file:(.+)$/.exec(second)?.[1];
      foreign.add(second.replace(/^\//, ''));
      if (copied !== undefined) directories.add(copied);
      if (third === 'peerDependencies' && fourth) add(specifiers, `${copied}\0${fourth}`, value);
    } else if (third === 'specifier') add(specifiers, `.\0${second}`, value);
    else if (top === 'specifiers' && path.length === 2) add(specifiers, `.\0${second}`, value);
  }
  return { directories, specifiers, catalogs, catalogVersions, foreign };
}

/** js-yaml 4, which pnpm writes with, quotes what begins with an indicator or reads as something else than a text. */
const needsQuotes = /^$|^[-?:,[\]{}#&*!|=>'"%@`\s]|: | #|[:\s]$|^~$|^[-+]?\d[\d_]*(?:\.\d*)?$/;

function spell(text: string): string {
  return needsQuotes.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}
