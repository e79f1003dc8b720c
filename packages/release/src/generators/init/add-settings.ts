import type { Tree } from '@nx/devkit';
import { insertJson } from './insert-json';
import type { Setting } from './missing-settings';

/** Puts settings into a JSON file. Comments, order and formatting of everything else stay. */
export function addSettings(tree: Tree, file: string, settings: readonly Setting[]): void {
  if (settings.length === 0) return;
  const before = tree.read(file, 'utf8') ?? '{}\n';
  tree.write(
    file,
    settings.reduce((text, { path, value }) => insertJson(text, path, value), before),
  );
}
