import { addDependenciesToPackageJson, globAsync, logger, readJson, readNxJson } from '@nx/devkit';
import type { GeneratorCallback, NxJsonConfiguration, Tree } from '@nx/devkit';
import { ecosystems } from '@forge/ecosystems';
import { manifestGlob, manifestMatcher } from '../../graph/manifest-files';
import { addSettings } from './add-settings';
import { missingSettings, type Setting } from './missing-settings';

export interface InitOptions {
  readonly skipPackageJson?: boolean;
}

const pluginName = '@forge/release';

/** Adds what is missing to release with this plugin. What is set stays; a second run changes nothing. */
export async function initGenerator(
  tree: Tree,
  { skipPackageJson = false }: InitOptions,
): Promise<GeneratorCallback> {
  const nxJson = readNxJson(tree) ?? {};
  const settings = missingSettings(nxJson, { hasLongVersions: await hasLongVersions(tree) });
  addSettings(tree, 'nx.json', [...inheritedSettings(tree, nxJson, settings), ...settings]);
  ignoreWorkingFiles(tree);
  return skipPackageJson ? () => undefined : addDevDependency(tree);
}

/** Where Nx loads a generator, it takes the default export. */
export default initGenerator;

/** A key of our own would hide what a preset (`extends`) sets under it, so that is written down with it. */
function inheritedSettings(
  tree: Tree,
  nxJson: NxJsonConfiguration,
  settings: readonly Setting[],
): Setting[] {
  const own = tree.exists('nx.json') ? readJson<NxJsonConfiguration>(tree, 'nx.json') : {};
  const keys = new Set(settings.map(({ path }) => path[0] as keyof NxJsonConfiguration));
  return [...keys]
    .filter((key) => own[key] === undefined && nxJson[key] !== undefined)
    .map((key) => ({ path: [key], value: nxJson[key] }));
}

/** Versions of four parts are no SemVer, and Nx does not find their tags unless it is told to. */
async function hasLongVersions(tree: Tree): Promise<boolean> {
  const files = await globAsync(tree, [manifestGlob(ecosystems)]);
  const inUse = new Set(files.map(manifestMatcher(ecosystems)));
  return [...inUse].some((ecosystem) => ecosystem?.versions.isValid('1.2.3.4'));
}

/** What belongs to this machine. Version plans, beside it in `.nx`, belong in a commit. */
const workingFiles = ['.nx/cache', '.nx/workspace-data', '.forge/'];

function ignoreWorkingFiles(tree: Tree): void {
  const text = tree.read('.gitignore', 'utf8') ?? '';
  const ignored = text.split(/\r?\n/).map(bare);
  if (ignored.includes('.nx'))
    logger.warn(
      '`.gitignore` leaves out all of `.nx`, and version plans with it: `.nx/cache` and `.nx/workspace-data` are enough',
    );
  const missing = workingFiles.filter((each) => {
    const [directory = ''] = each.split('/');
    return ![bare(each), directory, `${directory}/*`].some((line) => ignored.includes(line));
  });
  if (missing.length === 0) return;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const separator = text === '' || text.endsWith('\n') ? '' : eol;
  const lines = missing.map((each) => `${each}${eol}`);
  tree.write('.gitignore', `${text}${separator}${lines.join('')}`);
}

/** Without the slashes that make no difference here. `.nx/*` is another thing: a part may be brought back. */
function bare(line: string): string {
  return line.trim().replace(/^\/|\/$/g, '');
}

function addDevDependency(tree: Tree): GeneratorCallback {
  if (!tree.exists('package.json')) return () => undefined;
  const { dependencies, devDependencies } = readJson<{
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  }>(tree, 'package.json');
  if (dependencies?.[pluginName] ?? devDependencies?.[pluginName]) return () => undefined;
  const { version } = require('../../../package.json') as { version: string };
  return addDependenciesToPackageJson(tree, {}, { [pluginName]: version });
}
