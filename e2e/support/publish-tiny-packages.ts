import { createWorld } from '../../packages/release/src/effects/world';
import { publishUnits } from '../../packages/release/src/publish/publish-units';
import type { RegistryProcess } from './registry-process';
import { packTinyPackages } from './tiny-packages';

/** Publishes the tiny package of each ecosystem with its tool; `changed` are files that are to be otherwise. */
export async function publishTinyPackages(
  { url: registry, token }: Pick<RegistryProcess, 'url' | 'token'>,
  ecosystems: readonly string[],
  changed: Readonly<Record<string, string>> = {},
): Promise<void> {
  const tiny = await packTinyPackages(ecosystems, changed);
  try {
    const options = { registry, token, onDuplicate: 'fail' as const, allowDirty: true };
    const units = ecosystems.map((id) => tiny.unit(id, { registry }));
    const world = createWorld({ dryRun: false });
    const report = await publishUnits(tiny.workspace, units, [], options, world, () => undefined);
    if (report.kind === 'refused') throw report.problems[0]!;
    const kinds = [...report.results.values()].map(({ kind }) => kind);
    expect(kinds).toEqual(ecosystems.map(() => 'published'));
  } finally {
    tiny.remove();
  }
}
