import type { Ecosystem } from '@forge/ecosystems';
import type { WorkspaceModel } from './model';

/**
 * Everything that says a version or repeats one, as Nx inputs, the same for every project: manifests and their
 * companions, files that manifests take values from, followers, and the release groups.
 */
export function checkInputs(
  { packages }: WorkspaceModel,
  ecosystems: readonly Ecosystem[],
  followers: readonly { readonly file: string }[],
): string[] {
  const present = new Set(packages.map(({ ecosystem }) => ecosystem));
  const names = ecosystems
    .filter((ecosystem) => present.has(ecosystem))
    .flatMap(({ manifests, companions }) => [...manifests, ...companions]);
  const elsewhere = packages.flatMap(({ manifest }) => [...manifest.inputs, manifest.version.file]);
  const files = new Set([...elsewhere, ...followers.map(({ file }) => file), 'nx.json']);
  return [
    ...[...new Set(names)].map((name) => `{workspaceRoot}/**/${name}`),
    ...[...files].sort().map((file) => `{workspaceRoot}/${file}`),
  ];
}
