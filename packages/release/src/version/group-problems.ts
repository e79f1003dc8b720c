import type { ForgeError, Reader } from '@forge/ecosystems';
import { needsCore } from '../configuration/group-options';
import type { ReleaseGroup } from '../configuration/release-group';
import type { ProjectModel } from '../graph/model';
import { versionedPackages } from '../plan/versioned-packages';
import type { VersionDecider } from './decide-version';
import { groupOptionPlace } from './group-option-place';
import { schemeProblem } from './schemes';

interface Context {
  /** Shows `nx.json`. */
  readonly reader: Reader;
  readonly decider: VersionDecider;
}

/** What the release group of a project asks for and cannot have: FORGE-V007, FORGE-C008. */
export function groupProblems(
  { packages }: ProjectModel,
  { name, options: { scheme, core } }: Pick<ReleaseGroup, 'name' | 'options'>,
  { reader, decider }: Context,
): readonly ForgeError[] {
  if (!needsCore(scheme)) return [];
  const place = groupOptionPlace(reader.read('nx.json'), name, 'scheme');
  const unfit = versionedPackages(packages).flatMap(
    (node) => schemeProblem(node, scheme, { group: name, ...place }) ?? [],
  );
  const version = core === undefined ? undefined : decider.coreVersion(core);
  return [...unfit, ...(version && !version.ok ? version.problems : [])];
}
