import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import type { World } from '../effects/world';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { compareArtifacts } from '../publish/compare-artifacts';

/** What the registry serves is what was packed, by digest or, where a tool packs again, by members. Else FORGE-W005. */
export async function compareServed(
  unit: PublishUnit,
  world: World,
): Promise<Result<'identical' | 'same content'>> {
  const live = await compareArtifacts(unit, (_, request) => world.request(request));
  if (live.state === 'live') return ok(live.how);
  const detail = 'detail' in live ? `: ${live.detail}` : '';
  const what = `\`${labelOf(unit)}\` is published, but what the registry serves is ${live.state}${detail}`;
  return fail(new ForgeError('FORGE-W005', { what, where: { file: unit.node.manifest.file } }));
}
