import { dirname, join } from 'node:path';
import { ForgeError } from '@forge/ecosystems';

const server = '@forge/registry';

/**
 * The program of the registry server, an optional peer: it is looked for in the workspace first. FORGE-A001 when
 * it is not installed.
 */
export function registryScript(root: string): string {
  try {
    const manifest = require.resolve(`${server}/package.json`, { paths: [root, __dirname] });
    return join(dirname(manifest), 'bin/forge-registry.js');
  } catch {
    throw new ForgeError('FORGE-A001', {
      what: `\`${server}\` is not installed`,
      fix: `npm install --save-dev ${server}`,
    });
  }
}
