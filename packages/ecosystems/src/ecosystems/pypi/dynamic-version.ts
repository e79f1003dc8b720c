import type { Reader } from '../../model';
import type { TomlTable } from '../../text';
import { hatchVersion } from './dynamic-hatch';
import { setuptoolsVersion } from './dynamic-setuptools';
import { maturinCrate } from './embeds';
import { directoryOf, localPath } from './local-path';
import { normalizeName } from './names';
import { itemsAt, stringAt, tableAt, valueAt } from './toml-access';

/** Where the build backend takes a version from that pyproject.toml does not say. */
export type DynamicPlace =
  /** A tag of the version control system: nothing to edit. */
  | { readonly kind: 'tag'; readonly via: string }
  | { readonly kind: 'fixed'; readonly via: string; readonly why: string }
  | { readonly kind: 'crate'; readonly via: string; readonly manifest: string }
  /** A name bound in a module. */
  | {
      readonly kind: 'python';
      readonly via: string;
      /** Files of which the first that exists counts. */
      readonly candidates: readonly string[];
      readonly variables: readonly string[];
    }
  /** A file that holds nothing else. */
  | { readonly kind: 'text'; readonly via: string; readonly candidates: readonly string[] }
  | {
      readonly kind: 'pattern';
      readonly via: string;
      readonly candidates: readonly string[];
      readonly pattern: string;
    }
  /** `[metadata]` of a setup.cfg. */
  | { readonly kind: 'config'; readonly via: string; readonly candidates: readonly string[] };

/** A project whose manifest leaves the version open. */
export interface OpenProject {
  readonly document: TomlTable;
  readonly directory: string;
  readonly reader: Reader;
}

type Rule = (project: OpenProject) => DynamicPlace | undefined;

const rules: readonly Rule[] = [
  hatchVersion,
  pdmVersion,
  tagVersion,
  setuptoolsVersion,
  flitVersion,
];

/** `undefined` when the manifest promises no version: neither `dynamic` nor a backend that finds one by itself. */
export function dynamicPlace(
  file: string,
  document: TomlTable,
  reader: Reader,
): DynamicPlace | undefined {
  const directory = directoryOf(file);
  const crate = maturinCrate(document, directory);
  // maturin 1.16 takes the crate's version also where `dynamic` does not list it.
  if (crate) return { kind: 'crate', via: 'tool.maturin', manifest: crate.manifest };
  const dynamic = itemsAt(document, ['project', 'dynamic']).map(([, item]) => item);
  if (!dynamic.includes('version')) return undefined;
  for (const rule of rules) {
    const place = rule({ document, directory, reader });
    if (place) return place;
  }
  return { kind: 'fixed', via: 'project.dynamic', why: 'the build backend computes it' };
}

/** pdm-backend: a file, a tag, or a function of the project. */
function pdmVersion({ document, directory }: OpenProject): DynamicPlace | undefined {
  const table = tableAt(document, ['tool', 'pdm', 'version']);
  if (!table) return undefined;
  if (table['source'] === 'scm') return { kind: 'tag', via: 'tool.pdm.version' };
  const path = typeof table['path'] === 'string' ? localPath(directory, table['path']) : undefined;
  const via = 'tool.pdm.version.path';
  if (table['source'] !== 'file' || path === undefined)
    return { kind: 'fixed', via: 'tool.pdm.version', why: 'pdm computes it' };
  return { kind: 'python', via, candidates: [path], variables: ['__version__'] };
}

/** Tables of backends and plugins that read the version from version control; mostly the plugin's own name. */
const tagTools: readonly string[] = [
  'setuptools_scm',
  'setuptools-git-versioning',
  'versioningit',
  'versioneer',
  'uv-dynamic-versioning',
  'hatch-vcs',
  'flit-scm',
  'pbr',
];

/** Poetry's plugin: a literal beside it is a placeholder that the build replaces. */
export function isPoetryDynamic(document: TomlTable): boolean {
  return valueAt(document, ['tool', 'poetry-dynamic-versioning', 'enable']) === true;
}

function tagVersion({ document }: OpenProject): DynamicPlace | undefined {
  if (isPoetryDynamic(document)) return { kind: 'tag', via: 'tool.poetry-dynamic-versioning' };
  const requires = itemsAt(document, ['build-system', 'requires']).map(([, item]) =>
    normalizeName(/^[\w.-]*/.exec(String(item))?.[0] ?? ''),
  );
  const tool = tagTools.find(
    (name) =>
      tableAt(document, ['tool', name]) !== undefined || requires.includes(normalizeName(name)),
  );
  return tool === undefined ? undefined : { kind: 'tag', via: `tool.${tool}` };
}

/**
 * flit_core 4.2 takes `__version__` of the module, which has the project's name unless `tool.flit.module` says
 * otherwise; of a package it also looks into the modules that by custom hold the version.
 */
function flitVersion({ document, directory }: OpenProject): DynamicPlace | undefined {
  const backend = stringAt(document, ['build-system', 'build-backend']) ?? '';
  if (!backend.startsWith('flit_core')) return undefined;
  const name = stringAt(document, ['project', 'name']) ?? '';
  const written =
    stringAt(document, ['tool', 'flit', 'module', 'name']) ?? name.replaceAll('-', '_');
  const module = written.replaceAll('.', '/');
  const files = ['__init__', 'version', '_version', '__version__'].map((each) => `/${each}.py`);
  const candidates = ['', 'src/'].flatMap((root) =>
    [...files, '.py'].flatMap((file) => localPath(directory, `${root}${module}${file}`) ?? []),
  );
  return { kind: 'python', via: '__version__', candidates, variables: ['__version__'] };
}
