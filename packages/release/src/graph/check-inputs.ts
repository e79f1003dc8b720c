import type { Ecosystem } from '@forge/ecosystems';
import { groupBy } from './group-by';
import { nameMatcher } from './manifest-files';
import type { WorkspaceModel } from './model';
import { baseNameOf } from './paths';

/**
 * Everything that says a version or repeats one, as Nx inputs, the same for every project: manifests and their
 * companions, files that manifests take values from, followers, and the release groups. Nx keeps each input of
 * each project, and where it comes from, so that the list must not grow with the workspace: manifests are one
 * glob, and so are other files of one name in many places (`VERSION`).
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
  const isNamed = nameMatcher(names);
  const elsewhere = packages.flatMap(({ manifest }) => [...manifest.inputs, manifest.version.file]);
  const files = [...elsewhere, ...followers.map(({ file }) => file)].filter(
    (file) => !isNamed(file),
  );
  const byName = groupBy([...new Set(files)].sort(), baseNameOf);
  return [
    ...(names.length > 0 ? [`**/{${[...new Set(names)].join(',')}}`] : []),
    ...[...byName].flatMap(([name, [first = '', ...more]]) =>
      more.length > 0 ? `**/${name}` : first,
    ),
    'nx.json',
  ].map((each) => `{workspaceRoot}/${each}`);
}
