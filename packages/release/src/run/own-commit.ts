import { resolveCommit, readObjects } from '../effects/git';
import { listDifferences, parentOf } from '../effects/git-state';
import { findStep } from '../record/release-state';
import { sha256, type ReleaseStore } from '../record/release-store';

/**
 * The commit of a release: the one that the journal names, or HEAD when it is a child of the commit that was
 * planned from and changes exactly the planned files in the planned way. The latter was made by a process that died
 * before it could say so.
 */
export async function ownCommit(root: string, store: ReleaseStore): Promise<string | undefined> {
  const step = findStep(store.state(), 'commit');
  const named = step?.state === 'done' ? step['commit'] : undefined;
  if (typeof named === 'string') return named;
  const head = await resolveCommit(root, 'HEAD');
  if (head === undefined || (await parentOf(root, head)) !== store.planned.head) return undefined;
  return (await isAsPlanned(root, store, head)) ? head : undefined;
}

/** True when a commit changes the planned files, and only those, to the planned bytes. */
export async function isAsPlanned(
  root: string,
  { planned }: ReleaseStore,
  commit: string,
): Promise<boolean> {
  const changed = await listDifferences(root, planned.head, commit);
  const paths = planned.files.map(({ path }) => path);
  if (changed.join('\0') !== [...paths].sort().join('\0')) return false;
  const objects = await readObjects(
    root,
    paths.map((path) => `${commit}:./${path}`),
  );
  return planned.files.every(({ after }, at) => {
    const bytes = objects[at];
    return after === null ? bytes === undefined : bytes !== undefined && sha256(bytes) === after;
  });
}

/** True while nothing stands on top of the commit. */
export async function isHead(root: string, commit: string): Promise<boolean> {
  return (await resolveCommit(root, 'HEAD')) === commit;
}
