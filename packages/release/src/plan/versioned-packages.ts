import type { PackageNode } from '../graph/model';

/**
 * The packages of a project that take its version: the published ones; where none is published (an
 * embedded package in a directory of its own), all of them.
 */
export function versionedPackages(packages: readonly PackageNode[]): readonly PackageNode[] {
  const published = packages.filter(({ role }) => role === 'published');
  return published.length > 0 ? published : packages;
}
