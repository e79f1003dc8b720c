import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import type { History } from '../effects/history';
import type { PackageNode } from '../graph/model';
import type { ReleasedProject } from './release-group';
import { latestTag } from './tags';
import { commitOfVersion } from './version-history';

/** Where a project stood when it was last released. */
export interface Baseline {
  /** Undefined for a project that was never released: all of it is new. */
  readonly commit: string | undefined;
  /** For people: `tag ruby-v0.1.8.2`. */
  readonly label: string;
}

export interface BaselineContext {
  readonly history: History;
  /** The highest version in the registry, in native spelling; null when it holds none, undefined when it cannot say. */
  readonly live: (node: PackageNode) => Promise<string | null | undefined>;
}

/**
 * A project's own baseline, never one of the whole repository: a release of one project must not make another one
 * forget its changes, nor a release without a tag of its own have the same changes counted twice.
 * 1. Its tag of the highest version, among the ancestors of HEAD.
 * 2. The commit in which its manifest got the highest version that the registry holds.
 * 3. The commit in which its manifest got the version it has.
 * FORGE-C010 where the clone is too shallow to know.
 */
export async function baselineOf(
  project: ReleasedProject,
  { history, live }: BaselineContext,
): Promise<Result<Baseline>> {
  const tag = latestTag(project, await history.tags());
  if (tag) return ok({ commit: tag.commit, label: `tag ${tag.name}` });
  if (await history.isShallow()) return fail(shallowError(project));
  const { primary } = project;
  if (!primary) return ok(never);
  const published = await live(primary);
  if (published === null) return ok(never);
  const known = published === undefined ? undefined : await since(primary, published, history);
  const current = primary.manifest.version.value;
  const own = known ?? (current === null ? undefined : await since(primary, current, history));
  return ok(own ?? never);
}

const never: Baseline = { commit: undefined, label: 'the beginning: it was never released' };

async function since(
  node: PackageNode,
  version: string,
  history: History,
): Promise<Baseline | undefined> {
  const commit = await commitOfVersion(node, version, history);
  const label = `${commit?.slice(0, 7)}, which made it ${version}`;
  return commit === undefined ? undefined : { commit, label };
}

function shallowError({ name }: ReleasedProject): ForgeError {
  return new ForgeError('FORGE-C010', {
    what: `\`${name}\` has no tag in this clone, which is shallow: nobody can say what changed since it was released`,
  });
}
