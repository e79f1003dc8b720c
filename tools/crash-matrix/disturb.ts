import { startRegistryProcess } from '../../e2e/support/registry-process';
import type { RepeatedRelease } from '../../e2e/support/repeated-release';

/** Releases from the start, is killed at one point, and goes on to the end. Answers all that is not as it should be. */
export async function disturb(release: RepeatedRelease, point: string): Promise<readonly string[]> {
  const registry = await startRegistryProcess();
  const disturbed = release.begin(registry);
  try {
    const isKilled = await disturbed.killed(point);
    const now = await disturbed.problemsNow();
    disturbed.touch();
    return [
      ...(isKilled ? [] : ['the release ended before it was killed']),
      ...now.map((problem) => `right after the kill: ${problem}`),
      ...(await disturbed.finish()),
      ...(await disturbed.problemsAtEnd()),
    ];
  } finally {
    await registry.stop();
    disturbed.remove();
  }
}
