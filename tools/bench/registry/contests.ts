import { join } from 'node:path';
import { repository } from '../../../e2e/support/repository';
import { pypiserver, cargoHttpRegistry, verdaccio, type Rival } from './rivals';
import type { ServerProgram } from './servers';
import { crateUpload, npmUpload, wheelFilename, wheelUpload, type MakeUpload } from './uploads';

/** One protocol, served by us and by another server. */
export interface Contest {
  readonly protocol: string;
  readonly upload: MakeUpload;
  readonly ours: Paths;
  readonly theirs: Paths;
  readonly rival: Rival;
}

/** Where a server takes and serves packages. What one of two does not have is not measured. */
export interface Paths {
  publish(name: string): string;
  readonly reads: Readonly<Record<string, (name: string, version: string) => string>>;
}

export const token = 'token_of_the_benchmark_0123456789';

/** As people start it: a directory, and the embedded database or one of PostgreSQL. */
export function forgeRegistry(database?: string): ServerProgram {
  return {
    name: database === undefined ? 'forge-registry' : 'forge-registry on PostgreSQL',
    argv: (port, directory) => [
      process.execPath,
      join(repository, 'packages/registry/bin/forge-registry.js'),
      ...['serve', '--quiet', '--port', String(port), '--data', join(directory, 'data')],
    ],
    env: {
      FORGE_TOKEN: token,
      ...(database === undefined ? {} : { FORGE_DATABASE_URL: database }),
    },
    probe: '/health',
  };
}

export const contests: readonly Contest[] = [
  {
    protocol: 'npm',
    upload: npmUpload,
    rival: verdaccio,
    ours: npmPaths('/npm'),
    theirs: npmPaths(''),
  },
  {
    protocol: 'PyPI',
    upload: wheelUpload,
    rival: pypiserver,
    ours: {
      publish: () => '/pypi/legacy/',
      reads: {
        index: (name) => `/pypi/simple/${name}/`,
        download: (name, version) => `/pypi/files/${name}/${wheelFilename(name, version)}`,
      },
    },
    theirs: {
      publish: () => '/',
      reads: {
        index: (name) => `/simple/${name}/`,
        download: (name, version) => `/packages/${wheelFilename(name, version)}`,
      },
    },
  },
  {
    protocol: 'cargo',
    upload: crateUpload,
    rival: cargoHttpRegistry,
    ours: {
      publish: () => '/cargo/api/v1/crates/new',
      reads: { download: (name, version) => `/cargo/dl/${name}/${version}/download` },
    },
    theirs: {
      publish: () => '/api/v1/crates/new',
      reads: { download: (name, version) => `/api/v1/crates/${name}/${version}/download` },
    },
  },
];

function npmPaths(base: string): Paths {
  return {
    publish: (name) => `${base}/${name}`,
    reads: {
      index: (name) => `${base}/${name}`,
      metadata: (name) => `${base}/-/package/${name}/dist-tags`,
      download: (name, version) => `${base}/${name}/-/${name}-${version}.tgz`,
    },
  };
}
