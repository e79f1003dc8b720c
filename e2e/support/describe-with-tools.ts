import { missingLockTools } from './lock-tools';
import { furtherTools, missingTools, toolchains } from './toolchains';

/**
 * A suite that needs the real tools of some ecosystems, or tools for lock files by their names. Without them its tests are listed as skipped, with
 * what is missing in the name; in CI, where everything can be installed, that is a failure.
 */
export function describeWithTools(
  title: string,
  wanted: readonly string[],
  suite: () => void,
): void {
  const missing = [
    ...[...toolchains, ...furtherTools]
      .filter(({ ecosystem }) => wanted.includes(ecosystem))
      .flatMap((toolchain) => missingTools(toolchain)),
    ...missingLockTools()
      .map(({ name }) => name)
      .filter((name) => wanted.includes(name)),
  ];
  if (missing.length === 0) return describe(title, suite);
  const named = `${title} (missing: ${missing.join(', ')})`;
  if (!process.env['CI']) return describe.skip(named, suite);
  return describe(named, () => {
    it('finds its tools in CI', () => expect(missing).toEqual([]));
  });
}
