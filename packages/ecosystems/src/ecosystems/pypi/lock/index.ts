import {
  allFlat,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type Result,
} from '../../../model';
import { directoryOf } from '../local-path';
import { normalizeName } from '../names';
import type { PyProject } from '../read-manifest';
import { hashEdits } from './hash-edits';
import { lockFilesAbove, lockFilesBeyond, type LockFile } from './lock-file';
import { poetryEdits } from './poetry-edits';
import { specifierEdits, type MovedRequirement } from './specifier-edits';
import { versionEdits } from './version-edits';
import { rootEdits } from './workspace-root';

export type { MovedRequirement } from './specifier-edits';

/** What is planned for the manifest itself. */
interface Done {
  readonly edits: readonly Edit[];
  readonly moved: readonly MovedRequirement[];
}

/**
 * What lock files repeat of a project: the versions of what is locked from the workspace, the project's own
 * requirements, and the hash of its manifest. Nothing that comes from an index moves.
 */
export function planLocks(
  project: PyProject,
  change: ManifestChange,
  done: Done,
  reader: Reader,
): Result<readonly Edit[]> {
  const directory = directoryOf(project.source.file);
  // What others need of other packages stays with the plans of those.
  const own = { ...(change.version !== undefined && { version: change.version }) };
  return allFlat([
    ...lockFilesAbove(directory, reader).map((lock) =>
      lockEdits(lock, project, change, done, reader),
    ),
    ...lockFilesBeyond(directory, reader).map((lock) =>
      lockEdits(lock, project, own, done, reader),
    ),
  ]);
}

function lockEdits(
  lock: LockFile,
  project: PyProject,
  { version, requirements = [] }: ManifestChange,
  { edits, moved }: Done,
  reader: Reader,
): Result<readonly Edit[]> {
  const { name, source } = project;
  const isListed = lists(lock, project);
  // Other lock files above are those of projects that have plans of their own.
  if (!isListed && lock.directory !== directoryOf(source.file)) return ok([]);
  const own = project.version.isTag || !isListed ? undefined : version;
  const roots = own === undefined ? ok([]) : rootEdits(lock, name, own, reader);
  if (!roots.ok) return roots;
  return ok([
    ...roots.value,
    ...(own === undefined ? [] : versionEdits(lock, name, own, directoryOf(source.file))),
    ...requirements.flatMap((each) => versionEdits(lock, each.name, each.version)),
    ...specifierEdits(lock, project, moved),
    ...poetryEdits(lock, project, moved),
    ...hashEdits(lock, source, edits),
  ]);
}

/** True for a lock file that has the project among its packages, which makes it one of the same workspace. */
function lists({ packages }: LockFile, { name, source }: PyProject): boolean {
  const found = packages.get(normalizeName(name)) ?? [];
  return found.some(({ directory }) => directory === directoryOf(source.file));
}
