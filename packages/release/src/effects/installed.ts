import { join } from 'node:path';
import { readIfPresent } from './files';

/** The version of this Node, without its `v`. */
export function nodeVersion(): string {
  return process.versions.node;
}

/** The version of a package as it is installed in a workspace; undefined where it is not. */
export function installedVersion(root: string, name: string): string | undefined {
  const bytes = readIfPresent(join(root, 'node_modules', name, 'package.json'));
  return bytes && (JSON.parse(Buffer.from(bytes).toString()) as { version?: string }).version;
}
