import { join } from 'node:path';
import type { AccessSettings, Source } from '@forge/ecosystems';
import type { AccessPorts } from '../effects/access-ports';
import type { PackageNode } from '../graph/model';

/** Reads what people have set up for the tools of a package's ecosystem; every file once. */
export type ReadSettings = (node: PackageNode) => AccessSettings;

export function settingsReader(root: string, ports: AccessPorts): ReadSettings {
  const { env, home } = ports;
  const seen = new Map<string, Source | undefined>();
  const read = (path: string): Source | undefined => {
    if (!seen.has(path)) seen.set(path, ports.read(path));
    return seen.get(path);
  };
  return (node) => {
    const place = { env, home, root, directory: join(root, node.root) };
    const paths = node.ecosystem.access?.files(place) ?? [];
    const files = [...new Set(paths)].flatMap((path) => read(path) ?? []);
    return { files, env };
  };
}
