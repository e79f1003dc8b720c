import { tarGzOf, type ConformanceKit } from '../../../testing';
import { semverVersions } from '../../../testing/semver-kit';

const root = (version: string): string => `[workspace]
members = ["crates/*"]

[workspace.package]
version = "${version}" # one for all
`;

const app = (core: string): string => `# version = "1.2.0"
[package]
name = "app"
version.workspace = true
authors = ["Zoë 🦀"]

[package.metadata.x]
version = "1.2.0"

[dependencies]
core = { path = "../core", version = "${core}", features = [
  "a", # keep
] }
core-extra = "1.2"

[target.'cfg(windows)'.dependencies]
mine = { package = "core", path = "../core", version = '${core}' }
`;

export const kit: ConformanceKit = {
  manifest: {
    files: {
      'Cargo.toml': root('1.2.0'),
      'crates/app/Cargo.toml': app('^1.2'),
      'crates/core/Cargo.toml': '[package]\nname = "core"\nversion = "1.2.0"\n',
    },
    file: 'crates/app/Cargo.toml',
    name: 'app',
    version: '1.2.0',
    change: {
      version: '1.3.0',
      requirements: [{ name: 'core', version: '2.0.0', policy: 'violated' }],
    },
    changed: { 'Cargo.toml': root('1.3.0'), 'crates/app/Cargo.toml': app('^2.0') },
    truncated: '[package]\nname = "app"\nvers',
    withoutName: '[package]\nversion = "1.2.0"\n',
    // Cargo 1.75 and later take a package without a version for one that is never published.
    withoutVersion: null,
  },
  versions: {
    ...semverVersions,
    invalid: [...semverVersions.invalid, ' 1.2.3'],
  },
  requirements: {
    samples: [
      ...['1.2.0', '1.2', '1', '^1.2', '~1.2.0', '~1', '=1.2.0', '1.2.*', '1.*', '*', '>=1.2'],
      ...['>= 1.2, < 2', '>=1.2.0, <2.0.0', '<=1.9', '>1.0.0', '0.3.1', '^0.0.3', '1.3.0-rc.1'],
    ],
    versions: ['1.2.0', '1.3.5', '2.0.0', '3.1.4', '0.4.0', '1.4.0-rc.1', '2.0.0-rc.1'],
    unreadable: ['', 'latest', '^1 || ^2', '1.2.3.4', '>>1'],
  },
  registry: {
    name: 'demo',
    version: '1.2.0',
    upload(content) {
      const bytes = tarGzOf({
        'demo-1.2.0/Cargo.toml': '[package]\nname = "demo"\nversion = "1.2.0"\n',
        'demo-1.2.0/src/lib.rs': content,
      });
      const claim = {
        name: 'demo',
        vers: '1.2.0',
        deps: [],
        features: {},
        authors: [],
        license: 'MIT',
      };
      return {
        filename: 'demo-1.2.0.crate',
        bytes,
        request: {
          method: 'PUT',
          path: '/api/v1/crates/new',
          headers: {},
          body: Buffer.concat([counted(Buffer.from(JSON.stringify(claim))), counted(bytes)]),
        },
      };
    },
  },
};

function counted(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}
