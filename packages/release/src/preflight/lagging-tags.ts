import { ForgeError } from '@forge/ecosystems';
import type { PublishUnit } from '../plan/publish-unit';
import type { AskRegistry } from './rights';

/** The pointer to what is installed when nobody names a version. */
const pointer = 'latest';

/** FORGE-C023 for each package whose `latest` is older than its highest version that is no prerelease. */
export async function laggingTags(
  units: readonly PublishUnit[],
  ask: AskRegistry,
): Promise<readonly ForgeError[]> {
  const found = await Promise.all(units.map((unit) => laggingTag(unit, ask)));
  return found.flatMap((each) => each ?? []);
}

async function laggingTag(
  { node, endpoints }: PublishUnit,
  ask: AskRegistry,
): Promise<ForgeError | undefined> {
  const { remote, versions } = node.ecosystem;
  const { name, file } = node.manifest;
  if (!remote.tags) return undefined;
  const [tags, listed] = await Promise.all([
    ask(remote.tags.ask(name, endpoints)),
    ask(remote.versions(name, endpoints)),
  ]);
  const latest = remote.tags.read(tags)?.[pointer];
  const known = remote.parseVersions(name, listed) ?? [];
  const highest = known
    .filter((version) => versions.isValid(version) && !versions.isPrerelease(version))
    .sort(versions.compare)
    .at(-1);
  if (latest === undefined || highest === undefined) return undefined;
  if (!versions.isValid(latest) || versions.compare(latest, highest) >= 0) return undefined;
  const what = `\`${pointer}\` of \`${name}\` is ${latest}, and ${highest} is published`;
  return new ForgeError('FORGE-C023', { what, where: { file } });
}
