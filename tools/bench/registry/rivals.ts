import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerProgram } from './servers';

/** A server of one ecosystem, installed into a directory of its own by the client of its registry. */
export interface Rival {
  readonly name: string;
  /** Answers the program, installed if it is not there yet. */
  install(scratch: string): ServerProgram;
}

function once(file: string, make: () => void): void {
  if (!existsSync(file)) make();
}

function run(cwd: string, program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** 6.5.0 needs Node 22 because of its node-fetch alone; with the one before, it runs on 20. */
export const verdaccio: Rival = {
  name: 'Verdaccio 6.5.0',
  install(scratch) {
    const directory = join(scratch, 'verdaccio');
    const bin = join(directory, 'node_modules/verdaccio/bin/verdaccio');
    once(bin, () => {
      mkdirSync(directory, { recursive: true });
      const manifest = {
        private: true,
        dependencies: { verdaccio: '6.5.0' },
        overrides: { 'node-fetch': '2.7.0' },
      };
      writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
      run(directory, 'npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts');
    });
    return {
      name: this.name,
      probe: '/-/ping',
      argv(port, data) {
        const config = join(data, 'config.yaml');
        writeFileSync(config, verdaccioConfig(data));
        return [process.execPath, bin, '--config', config, '--listen', `127.0.0.1:${port}`];
      },
    };
  },
};

/** Nobody has to sign in, no other registry is asked, and nothing is logged: the fastest that it can be. */
function verdaccioConfig(data: string): string {
  return [
    `storage: ${join(data, 'storage')}`,
    'web:\n  enable: false',
    'auth:\n  htpasswd:\n    file: ./htpasswd',
    "packages:\n  '**':\n    access: $all\n    publish: $anonymous\n    unpublish: $anonymous",
    'log: { type: stdout, format: pretty, level: error }',
    '',
  ].join('\n');
}

/** With the cache that its documentation recommends. */
export const pypiserver: Rival = {
  name: 'pypiserver 2.4.1',
  install(scratch) {
    const environment = join(scratch, 'pypiserver');
    const bin = join(environment, 'bin/pypi-server');
    once(bin, () => {
      run(scratch, 'python3', '-m', 'venv', environment);
      const pip = join(environment, 'bin/pip');
      run(scratch, pip, 'install', '--quiet', 'pypiserver[cache]==2.4.1', 'setuptools<81');
    });
    return {
      name: this.name,
      probe: '/',
      argv(port, data) {
        const packages = join(data, 'packages');
        mkdirSync(packages);
        const open = ['--passwords', '.', '--authenticate', '.', '--disable-fallback'];
        return [bin, 'run', '--interface', '127.0.0.1', '--port', String(port), ...open, packages];
      },
    };
  },
};

/** It serves its index through git, so what can be compared is publishing and downloading. */
export const cargoHttpRegistry: Rival = {
  name: 'cargo-http-registry 0.1.8',
  install(scratch) {
    const root = join(scratch, 'cargo');
    const bin = join(root, 'bin/cargo-http-registry');
    once(bin, () => {
      const version = ['--version', '0.1.8', '--locked'];
      run(scratch, 'cargo', 'install', 'cargo-http-registry', ...version, '--root', root);
    });
    return {
      name: this.name,
      probe: '/',
      argv: (port, data) => [bin, '--addr', `127.0.0.1:${port}`, join(data, 'registry')],
    };
  },
};
