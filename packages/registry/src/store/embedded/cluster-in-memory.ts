import type { MemoryFS } from '@electric-sql/pglite';
import { entriesOf, type ClusterImage } from './cluster-image';

/** Where PGlite 0.5 has its cluster. */
const clusterPath = '/pglite/data';

/** What is used here of the file system of Emscripten. */
interface EmscriptenFiles {
  mkdirTree(path: string): void;
  /** With `canOwn` a file in memory is these bytes, and no copy of them. */
  writeFile(path: string, content: Uint8Array, options: { readonly canOwn: boolean }): void;
}

/** A cluster in memory that starts as the image, whose bytes are its own from then on. */
export function clusterInMemory(image: ClusterImage): MemoryFS {
  const pglite = require('@electric-sql/pglite') as typeof import('@electric-sql/pglite');
  class ClusterInMemory extends pglite.MemoryFS {
    override async initialSyncFs(): Promise<void> {
      const files = this.pg?.Module.FS as unknown as EmscriptenFiles;
      files.mkdirTree(clusterPath);
      for (const { path, content } of entriesOf(image)) {
        const place = `${clusterPath}/${path}`;
        if (content) files.writeFile(place, content, { canOwn: true });
        else files.mkdirTree(place);
      }
    }
  }
  return new ClusterInMemory();
}
