import type { StoredPackage } from '@forge/ecosystems';
import type { Database } from './database';
import { openDownloads, type Downloads } from './downloads';
import { gathered } from './gathered';
import { openIndexLog, stateOf, type IndexLog } from './index-log';
import {
  currentRevisions,
  findFile,
  findPackage,
  findRevision,
  listPackages,
  type FoundFile,
  type PackageRevision,
} from './packages';
import { recent } from './recent';

/** Reading packages and files, with what was asked for lately at hand. */
export interface Catalog {
  package(ecosystem: string, normalizedName: string): Promise<StoredPackage | undefined>;
  packages(ecosystem: string): Promise<readonly StoredPackage[]>;
  /** Another one after every change of a package of the ecosystem; to be asked before its packages are. */
  state(ecosystem: string): Promise<string>;
  file(
    ecosystem: string,
    filename: string,
    normalizedName: string | undefined,
  ): Promise<FoundFile | undefined>;
  readonly downloads: Downloads;
  readonly log: IndexLog;
  /** To be called after every commit that changes a package, and before anybody is told of it. */
  changed(ecosystem: string, normalizedName: string): void;
  /** The same after a commit that took files back, or changed what is attached. */
  filesChanged(): void;
}

export function openCatalog(db: Database): Catalog {
  return db.isShared ? sharedCatalog(db) : ownCatalog(db);
}

/**
 * The database belongs to this process alone (see `lock.ts`), so all changes are seen here. A package that changes
 * while it is read is not kept, nor is a file. Published files never change, but they can be taken back. That
 * something is absent is never remembered.
 */
function ownCatalog(db: Database): Catalog {
  const packages = recent<StoredPackage>(2000);
  const files = recent<FoundFile>(20_000);
  const states = new Map<string, number>();
  let changes = 0;
  let fileChanges = 0;
  const findKept = async (ecosystem: string, name: string) => {
    const key = JSON.stringify([ecosystem, name]);
    const kept = packages.get(key);
    if (kept) return kept;
    const changesBefore = changes;
    const found = await findPackage(db, ecosystem, name);
    if (found && changes === changesBefore) packages.set(key, found);
    return found;
  };
  return {
    downloads: openDownloads(db),
    log: openIndexLog(db),
    package: findKept,
    packages: (ecosystem) => listPackages(db, ecosystem),
    state: async (ecosystem) => String(states.get(ecosystem) ?? 0),
    async file(ecosystem, filename, name) {
      const key = JSON.stringify([ecosystem, filename, name]);
      const kept = files.get(key);
      if (kept) return kept;
      const changesBefore = fileChanges;
      const found =
        (name === undefined ? undefined : fileOf(await findKept(ecosystem, name), filename)) ??
        (await findFile(db, ecosystem, filename, name));
      if (found && fileChanges === changesBefore) files.set(key, found);
      return found;
    },
    changed(ecosystem, name) {
      changes += 1;
      states.set(ecosystem, changes);
      packages.delete(JSON.stringify([ecosystem, name]));
    },
    filesChanged() {
      fileChanges += 1;
      files.clear();
    },
  };
}

/**
 * Other servers write as well, and whoever was told of a version by one of them must get it from all. So what is kept
 * of a package is used only at the revision at which it still is, and so are its files.
 */
function sharedCatalog(db: Database): Catalog {
  const packages = recent<PackageRevision>(2000);
  // Many ask at a time, each for a thing that takes the database less than the question.
  const revisionOf = gathered((keys: readonly { ecosystem: string; name: string }[]) =>
    currentRevisions(db, keys),
  );
  const findKept = async (ecosystem: string, name: string) => {
    const key = JSON.stringify([ecosystem, name]);
    const kept = packages.get(key);
    if (kept && (await revisionOf({ ecosystem, name })) === kept.revision) return kept.found;
    const current = await findRevision(db, ecosystem, name);
    if (current) packages.set(key, current);
    return current?.found;
  };
  return {
    downloads: openDownloads(db),
    log: openIndexLog(db),
    package: findKept,
    packages: (ecosystem) => listPackages(db, ecosystem),
    state: (ecosystem) => stateOf(db, ecosystem),
    async file(ecosystem, filename, name) {
      const found = name === undefined ? undefined : await findKept(ecosystem, name);
      return fileOf(found, filename) ?? findFile(db, ecosystem, filename, name);
    },
    changed: () => undefined,
    filesChanged: () => undefined,
  };
}

/** Who asks for a file mostly asks for its package as well, and that names all that are there. */
function fileOf(found: StoredPackage | undefined, filename: string): FoundFile | undefined {
  for (const { files } of found?.versions ?? []) {
    const file = files.find((each) => each.filename === filename);
    if (file) return { ...file, isFixed: true };
  }
  return undefined;
}
