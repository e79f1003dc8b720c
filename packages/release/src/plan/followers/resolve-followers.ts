import { ForgeError, type Ecosystem, type Reader } from '@forge/ecosystems';
import type { Follower } from '../../configuration/followers';
import { implicitGroup } from '../../configuration/nx-release-groups';
import type { ReleaseGroup } from '../../configuration/release-group';
import type { WorkspaceModel } from '../../graph/model';
import { manifestMatcher } from '../../graph/manifest-files';
import type { FollowingPackage } from '../decide-targets';

/** Followers sorted by what they are. */
export interface ResolvedFollowers {
  readonly packages: readonly FollowingPackage[];
  readonly texts: readonly Follower[];
  /** FORGE-C006: an unknown group, a missing file, a manifest without a package; and what is wrong with that. */
  readonly problems: readonly ForgeError[];
}

export function resolveFollowers(
  followers: readonly Follower[],
  model: WorkspaceModel,
  {
    groups,
    reader,
    ecosystems,
  }: {
    readonly groups: ReadonlyMap<string, ReleaseGroup>;
    readonly reader: Reader;
    readonly ecosystems: readonly Ecosystem[];
  },
): ResolvedFollowers {
  const packages: FollowingPackage[] = [];
  const texts: Follower[] = [];
  const problems: ForgeError[] = [];
  const nodes = new Map(model.packages.map((node) => [node.manifest.file, node]));
  const broken = new Map(model.problems.map((each) => [each.file, each.problems]));
  const isManifest = manifestMatcher(ecosystems);
  for (const follower of followers) {
    const { group, file, place } = follower;
    const node = nodes.get(file);
    if (!groups.has(group)) problems.push(unknownGroup(follower, [...groups.keys()]));
    else if (place.kind !== 'file' && reader.read(file)) texts.push(follower);
    else if (!reader.read(file)) problems.push(missingFile(follower));
    else if (node) packages.push({ node, group });
    else if (broken.has(file)) problems.push(...(broken.get(file) ?? []));
    else if (isManifest(file)) problems.push(noPackage(follower));
    else texts.push(follower);
  }
  return { packages, texts, problems };
}

function unknownGroup({ group, file }: Follower, known: readonly string[]): ForgeError {
  const own = known.filter((name) => name !== implicitGroup).map((name) => `\`${name}\``);
  return new ForgeError('FORGE-C006', {
    what: `\`${file}\` follows \`${group}\`, which is no release group`,
    where: { file: 'nx.json' },
    fix: own.length > 0 ? `use one of ${own.join(', ')}` : 'add the group to `release.groups`',
  });
}

function missingFile({ group, file }: Follower): ForgeError {
  return new ForgeError('FORGE-C006', {
    what: `\`${file}\` follows \`${group}\` and does not exist`,
    where: { file: 'nx.json' },
    fix: 'correct the path in `followers`, or add the file',
  });
}

function noPackage({ group, file }: Follower): ForgeError {
  return new ForgeError('FORGE-C006', {
    what: `\`${file}\` follows \`${group}\` and describes no package`,
    where: { file: 'nx.json' },
    fix: 'say which version in it follows, by a `pattern`',
  });
}
