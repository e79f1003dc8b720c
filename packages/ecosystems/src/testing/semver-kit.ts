import type { ConformanceKit } from './conformance-kit';

/** What every ecosystem with SemVer's grammar and order has in common. */
export const semverVersions = {
  ascending: [
    ['0.1.0'],
    ['1.0.0-alpha'],
    ['1.0.0-alpha.1'],
    ['1.0.0-rc.2'],
    ['1.0.0-rc.10'],
    ['1.0.0', '1.0.0+build.7'],
    ['1.0.1'],
    ['1.10.0'],
    ['2.0.0'],
  ],
  prereleases: ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-rc.2', '1.0.0-rc.10'],
  invalid: ['', '1', '1.2', 'v1.2.3', '1.2.3.4', '01.2.3', 'x'],
  spellings: [
    ['1.3.0', '1.3.0'],
    ['1.3.0-rc.1', '1.3.0-rc.1'],
  ],
  inexpressible: [],
} as const satisfies ConformanceKit['versions'];
