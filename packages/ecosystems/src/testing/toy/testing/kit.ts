import type { ConformanceKit } from '../../conformance-kit';
import { filenameOf, pack } from '../archive';

export const kit: ConformanceKit = {
  manifest: {
    files: {
      'toys/app/toy.pkg':
        '# a toy\nname = app\nversion   = 1.2.0\nneeds = core ^1.2\nneeds = local path:../local\n',
      'toys/core/toy.pkg': 'name = core\nversion = 1.2.0\n',
    },
    file: 'toys/app/toy.pkg',
    name: 'app',
    version: '1.2.0',
    change: {
      version: '1.3.0',
      requirements: [{ name: 'core', version: '2.0.0', policy: 'violated' }],
    },
    changed: {
      'toys/app/toy.pkg':
        '# a toy\nname = app\nversion   = 1.3.0\nneeds = core ^2.0\nneeds = local path:../local\n',
    },
    truncated: 'name = app\nversi',
    withoutName: 'version = 1.2.0\n',
    withoutVersion: 'name = app\n',
  },
  versions: {
    ascending: [
      ['0.1.0'],
      ['1.0.0-rc.1'],
      ['1.0.0', '1.0.0+build'],
      ['1.0.1'],
      ['1.10.0'],
      ['2.0.0'],
    ],
    prereleases: ['1.0.0-rc.1'],
    invalid: ['', '1', '1.2', '1.2.3.4', 'v1.2.3', 'x'],
    spellings: [
      ['1.3.0', '1.3.0'],
      ['1.3.0-rc.1', '1.3.0-rc.1'],
    ],
    inexpressible: [],
  },
  requirements: {
    samples: ['^1', '^1.2', '^1.2.0', '^0.3.1'],
    versions: ['1.2.0', '1.3.5', '2.0.0', '0.4.0', '2.0.0-rc.1'],
    unreadable: ['~1', 'x', ''],
  },
  registry: {
    name: 'app',
    version: '1.2.0',
    upload(content) {
      const bytes = pack(
        new Map([
          ['toy.pkg', Buffer.from('name = app\nversion = 1.2.0\n')],
          ['content', Buffer.from(content)],
        ]),
      );
      const headers = { 'content-type': 'application/octet-stream' };
      return {
        filename: filenameOf('app', '1.2.0'),
        bytes,
        request: { method: 'PUT', path: '/packages/app/1.2.0', headers, body: bytes },
      };
    },
  },
};
