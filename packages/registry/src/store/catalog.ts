import type { StoredPackage } from '@forge/ecosystems';
import type { Database } from './database';
import { openDownloads, type Downloads } from './downloads';
import { openIndexLog, type IndexLog } from './index-log';
import {
  currentRevision,
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
  let changes = 0;
  let fileChanges = 0;
  /** Who asks for a file has mostly asked for its package before, and that names all that are there. */
  const inPackage = (ecosystem: string, filename: string, name: string | undefined) => {
    const found = name === undefined ? undefined : packages.get(JSON.stringify([ecosystem, name]));
    const file = found?.versions
      .flatMap(({ files: each }) => each)
      .find((each) => each.filename === filename);
    return file && { ...file, isFixed: true };
  };
  return {
    downloads: openDownloads(db),
    log: openIndexLog(db),
    async package(ecosystem, name) {
      const key = JSON.stringify([ecosystem, name]);
      const kept = packages.get(key);
      if (kept) return kept;
      const changesBefore = changes;
      const found = await findPackage(db, ecosystem, name);
      if (found && changes === changesBefore) packages.set(key, found);
      return found;
    },
    packages: (ecosystem) => listPackages(db, ecosystem),
    async file(ecosystem, filename, name) {
      const key = JSON.stringify([ecosystem, filename, name]);
      const kept = files.get(key) ?? inPackage(ecosystem, filename, name);
      if (kept) return kept;
      const changesBefore = fileChanges;
      const found = await findFile(db, ecosystem, filename, name);
      if (found && fileChanges === changesBefore) files.set(key, found);
      return found;
    },
    changed(ecosystem, name) {
      changes += 1;
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
 * of a package is used only at the revision at which it still is; a file is asked for each time.
 */
function sharedCatalog(db: Database): Catalog {
  const packages = recent<PackageRevision>(2000);
  return {
    downloads: openDownloads(db),
    log: openIndexLog(db),
    async package(ecosystem, name) {
      const key = JSON.stringify([ecosystem, name]);
      const kept = packages.get(key);
      if (kept && (await currentRevision(db, ecosystem, name)) === kept.revision) return kept.found;
      const current = await findRevision(db, ecosystem, name);
      if (current) packages.set(key, current);
      return current?.found;
    },
    packages: (ecosystem) => listPackages(db, ecosystem),
    file: (ecosystem, filename, name) => findFile(db, ecosystem, filename, name),
    changed: () => undefined,
    filesChanged: () => undefined,
  };
}
