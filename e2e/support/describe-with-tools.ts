import { missingTools, toolchains } from './toolchains';

/**
 * A suite that needs the real tools of some ecosystems. Without them its tests are listed as skipped, with
 * what is missing in the name; in CI, where everything can be installed, that is a failure.
 */
export function describeWithTools(
  title: string,
  ecosystems: readonly string[],
  suite: () => void,
): void {
  const missing = toolchains
    .filter(({ ecosystem }) => ecosystems.includes(ecosystem))
    .flatMap((toolchain) => missingTools(toolchain));
  if (missing.length === 0) return describe(title, suite);
  const named = `${title} (missing: ${missing.join(', ')})`;
  if (!process.env['CI']) return describe.skip(named, suite);
  return describe(named, () => {
    it('finds its tools in CI', () => expect(missing).toEqual([]));
  });
}
