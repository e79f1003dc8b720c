import type { Tree } from '@nx/devkit';
import { fail, ok, type ForgeError, type Reader, type Result } from '@forge/ecosystems';
import { linksOutside } from '../effects/linked-files';
import type { ReleasePlanner } from '../plan/release-planner';
import type { Release } from '../plan/settle-release';

/**
 * Writes a release to the tree, whole or not at all. Nx 23.1 and later asks for requirements only when all versions
 * are decided: the first such question settles everything, for all projects at once.
 */
export interface ReleaseWriter {
  /** Something is decided that is not in the tree yet. */
  touch(): void;
  /** What keeps a project from getting a version; told together with whatever else is wrong. */
  refuse(problems: readonly ForgeError[]): void;
  /** True after the first write. */
  readonly hasWritten: boolean;
  /**
   * Does nothing when everything is in the tree already. Nx would write through links that lead out of the workspace:
   * FORGE-M027, in a dry run as well.
   */
  write(tree: Tree): Result<void>;
  /** The release in the tree; undefined when nothing was versioned. */
  readonly release: Release | undefined;
}

/** `reader` must go on showing the files as they were before the release. */
export function createReleaseWriter(
  planner: ReleasePlanner,
  reader: Reader,
  problemsOfAll: () => readonly ForgeError[],
): ReleaseWriter {
  const refusals: ForgeError[] = [];
  const written = new Set<string>();
  let isOpen = false;
  let release: Release | undefined;

  function put(tree: Tree, files: Release['files']): void {
    // A version that was given later may leave alone what an earlier one changed.
    for (const file of written) {
      const original = files.has(file) ? undefined : reader.read(file);
      if (original) tree.write(file, Buffer.from(original.bytes));
    }
    for (const [file, bytes] of files) {
      written.add(file);
      // The same memory: Nx takes a `Buffer` only.
      tree.write(file, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    }
  }

  return {
    touch() {
      isOpen = true;
    },
    refuse(problems) {
      isOpen = true;
      refusals.push(...problems);
    },
    get hasWritten() {
      return release !== undefined;
    },
    get release() {
      return release;
    },
    write(tree) {
      if (!isOpen) return ok(undefined);
      const settled = planner.settle();
      const problems = [
        ...refusals,
        ...problemsOfAll(),
        ...(settled.ok ? linksOutside(tree.root, settled.value.files.keys()) : settled.problems),
      ];
      if (!settled.ok || problems.length > 0) return fail(...problems);
      put(tree, settled.value.files);
      release = settled.value;
      isOpen = false;
      return ok(undefined);
    },
  };
}
