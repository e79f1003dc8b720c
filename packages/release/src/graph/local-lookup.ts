import type { LocalLookup } from '@forge/ecosystems';
import type { LocalEdge, PackageNode } from './model';

/** The graph has matched every dependency already, by path first and by name second. */
export function localLookup(edges: readonly LocalEdge[], { ecosystem }: PackageNode): LocalLookup {
  const own = edges.filter(({ dependency }) => dependency);
  const { normalizeName } = ecosystem;
  return ({ name, path }) => {
    const byPath =
      path === undefined ? undefined : own.find(({ dependency }) => dependency?.path === path);
    const match =
      byPath ?? own.find(({ to }) => normalizeName(to.manifest.name) === normalizeName(name));
    return match?.to.manifest;
  };
}
