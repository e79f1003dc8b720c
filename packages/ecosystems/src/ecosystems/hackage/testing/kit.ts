import { writeMultipart } from '../../../archive';
import { tarGzOf, type ConformanceKit } from '../../../testing';

const app = (version: string, core: string): string => `cabal-version: 2.4
-- version: 9
name:     app
Version:             ${version}
author:   Zoë 🦀

library
  build-depends:
      base >=4 && <5
    -- , core ==9
    , core ${core}
    , core-extra ^>=1.2

executable app
  build-depends: core:sub ${core}, base
`;

export const kit: ConformanceKit = {
  manifest: {
    files: {
      'libs/app/app.cabal': app('1.2.0', '^>=1.2'),
      'libs/core/core.cabal': 'cabal-version: 2.4\nname: core\nversion: 1.2.0\n',
    },
    file: 'libs/app/app.cabal',
    name: 'app',
    version: '1.2.0',
    change: {
      version: '1.3.0',
      requirements: [{ name: 'core', version: '2.0.0', policy: 'violated' }],
    },
    changed: { 'libs/app/app.cabal': app('1.3.0', '^>=2.0') },
    // A lone word would be a section: only a brace can be left open.
    truncated: 'name: app\nversion: 1.2.0\nlibrary {\n  build-depends: base\n',
    withoutName: 'cabal-version: 2.4\nversion: 1.2.0\n',
    withoutVersion: 'cabal-version: 2.4\nname: app\n',
  },
  versions: {
    ascending: [
      ...[
        ['0.1'],
        ['1'],
        ['1.0'],
        ['1.0.0-0'],
        ['1.0.0-alpha.2'],
        ['1.0.0-rc.1'],
        ['1.0.0-rc.1.x'],
      ],
      ...[['1.0.0-rc.2'], ['1.0.0-rc.10'], ['1.0.0'], ['1.0.0.1-rc.1'], ['1.0.0.1'], ['1.0.1']],
      ...[['1.10-rc.1'], ['1.10'], ['2.0']],
    ],
    prereleases: ['1.0.0-0', '1.0.0-alpha.2', '1.0.0-rc.1', '1.0.0-rc.10', '1.0.0.1-rc.1'],
    invalid: ['', '1.2.0-', '1.2.0-rc..1', '1.2.0-01', 'v1.2', '1..2', '01.2', '1.2.', 'x'],
    spellings: [
      ['1.3.0', '1.3.0'],
      ['1.3.0-rc.1', '1.3.0-rc.1'],
      ['1.3.0-dev.4', '1.3.0-dev.4'],
    ],
    inexpressible: ['1.3.0+build', '1.3.0-rc.1+build', '1.0.12345678901'],
  },
  requirements: {
    samples: [
      ...['^>=1.2', '^>=1.2.0', '>=1.2', '>=1.2 && <2', '>=1.2 && <1.3', '==1.2.0', '==1.2.*'],
      ...['<=1.9', '>1.0', '^>=1.2 || ^>=2.0', '(>=1 || ==0.9) && <2', '-any', '^>= { 1.2, 2.0 }'],
    ],
    versions: ['1.2.0', '1.3.5', '2.0.0', '3.1.4', '0.4.0', '1.2.0.1', '1.3.0-rc.1'],
    unreadable: ['~> 1', '^1.2', 'latest'],
  },
  registry: {
    name: 'demo',
    version: '1.2.0',
    upload(content) {
      const filename = 'demo-1.2.0.tar.gz';
      const bytes = tarGzOf({
        'demo-1.2.0/demo.cabal': 'cabal-version: 2.4\nname: demo\nversion: 1.2.0\n',
        'demo-1.2.0/src/Demo.hs': content,
      });
      const form = writeMultipart({}, { field: 'package', filename, bytes });
      return { filename, bytes, request: { method: 'POST', path: '/upload', ...form } };
    },
  },
};
