import type { ConformanceKit } from '../../../testing';
import { semverVersions } from '../../../testing/semver-kit';
import { packedFilename } from '../names';
import { packTarball, publishBody } from './tarball';

const app = (version: string, core: string): string => `{
  "name": "@acme/app",
  "version": "${version}",
  "author": "Zoë 🦀",
  "config": { "version": "1.2.0" },
  "dependencies": {
    "core": "${core}",
    "core-extra": "^1.2",
    "local": "workspace:*"
  },
  "peerDependencies": { "mine": "npm:core@${core}" }
}
`;

const demo = { name: '@acme/demo', version: '1.2.0' };

export const kit: ConformanceKit = {
  manifest: {
    files: {
      'packages/app/package.json': app('1.2.0', '^1.2.0'),
      'packages/core/package.json': '{ "name": "core", "version": "1.2.0" }\n',
    },
    file: 'packages/app/package.json',
    name: '@acme/app',
    version: '1.2.0',
    change: {
      version: '1.3.0',
      requirements: [{ name: 'core', version: '2.0.0', policy: 'violated' }],
    },
    changed: { 'packages/app/package.json': app('1.3.0', '^2.0.0') },
    truncated: app('1.2.0', '^1.2.0').slice(0, 60),
    withoutName: '{ "version": "1.2.0", "main": "index.js" }\n',
    withoutVersion: '{ "name": "app", "main": "index.js" }\n',
  },
  versions: {
    ...semverVersions,
    invalid: [...semverVersions.invalid, '=1.2.3', '1.2.3 '],
    spellings: [...semverVersions.spellings, ['1.3.0-dev.4', '1.3.0-dev.4']],
  },
  requirements: {
    samples: [
      ...['^1.2.0', '^1', '~1.2.0', '~1', '1.2.0', '=1.2.0', 'v1.2.0', '1.2.x', '1.x', '*', ''],
      ...['>=1.2', '>= 1.2.0', '>=1.2 <2', '>=1.2.0 <2.0.0', '<=1.9', '1.2 - 1.9', '^0.3.1'],
      ...['^1 || ^2', '^1.0||^2.0', '>=1 <2 || >=2 <3', '^1.3.0-rc.1', '>1.0.0'],
      ...['workspace:*', 'workspace:^', 'workspace:~1.2.0', 'npm:core@^1.2', 'npm:@s/core@1.2.0'],
    ],
    versions: ['1.2.0', '1.3.5', '2.0.0', '3.1.4', '0.4.0', '1.4.0-rc.1', '2.0.0-rc.1'],
    unreadable: ['latest', 'file:../core', 'git+ssh://example/core.git', 'acme/core', '>>1'],
  },
  registry: {
    ...demo,
    upload(content) {
      const bytes = packTarball({ 'package.json': JSON.stringify(demo), 'index.js': content });
      return {
        filename: packedFilename(demo.name, demo.version),
        bytes,
        request: {
          method: 'PUT',
          path: '/@acme%2fdemo',
          headers: { 'content-type': 'application/json' },
          body: Buffer.from(JSON.stringify(publishBody(demo, bytes))),
        },
      };
    },
  },
};
