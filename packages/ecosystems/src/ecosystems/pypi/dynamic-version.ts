import type { TomlTable } from '../../text';
import { directoryOf, localPath } from './local-path';
import { maturinCrate } from './embeds';
import { normalizeName } from './names';
import { itemsAt, stringAt, tableAt, valueAt } from './toml-access';

/** Where the build backend takes a version from that pyproject.toml does not say. */
export type DynamicPlace =
  | { readonly kind: 'fixed'; readonly via: string; readonly why: string }
  | { readonly kind: 'crate'; readonly via: string; readonly manifest: string }
  | {
      readonly kind: 'python';
      readonly via: string;
      /** Files of which the first that exists counts. */
      readonly candidates: readonly string[];
      readonly variables: readonly string[];
    }
  | { readonly kind: 'text'; readonly via: string; readonly candidates: readonly string[] };

type Rule = (document: TomlTable, directory: string) => DynamicPlace | undefined;

const rules: readonly Rule[] = [hatch, setuptools, pdm, tagDriven, flit];

/** `undefined` when the manifest promises no version: neither `dynamic` nor a backend that finds one by itself. */
export function dynamicPlace(file: string, document: TomlTable): DynamicPlace | undefined {
  const directory = directoryOf(file);
  const crate = maturinCrate(document, directory);
  // maturin 1.16 takes the crate's version also where `dynamic` does not list it.
  if (crate) return { kind: 'crate', via: 'tool.maturin', manifest: crate.manifest };
  const dynamic = itemsAt(document, ['project', 'dynamic']).map(([, item]) => item);
  if (!dynamic.includes('version')) return undefined;
  for (const rule of rules) {
    const place = rule(document, directory);
    if (place) return place;
  }
  return { kind: 'fixed', via: 'project.dynamic', why: 'the build backend computes it' };
}

/** hatchling's default pattern takes `__version__` and `VERSION`. */
function hatch(document: TomlTable, directory: string): DynamicPlace | undefined {
  const table = tableAt(document, ['tool', 'hatch', 'version']);
  if (!table) return undefined;
  const via = 'tool.hatch.version.path';
  const path = typeof table['path'] === 'string' ? localPath(directory, table['path']) : undefined;
  if (table['source'] === 'vcs') return { kind: 'fixed', via, why: 'the tag is the version' };
  if (path === undefined || (table['source'] ?? 'regex') !== 'regex' || table['pattern'])
    return { kind: 'fixed', via, why: 'hatch computes it by its own rules' };
  return { kind: 'python', via, candidates: [path], variables: ['__version__', 'VERSION'] };
}

function setuptools(document: TomlTable, directory: string): DynamicPlace | undefined {
  const base = ['tool', 'setuptools', 'dynamic', 'version'];
  const attribute = stringAt(document, [...base, 'attr']);
  if (attribute !== undefined) {
    const segments = attribute.split('.');
    const variables = [segments.pop() ?? ''];
    const candidates = moduleFiles(directory, segments, packageRoots(document));
    return { kind: 'python', via: [...base, 'attr'].join('.'), candidates, variables };
  }
  const files = itemsAt(document, [...base, 'file']).flatMap(([, file]) =>
    typeof file === 'string' ? (localPath(directory, file) ?? []) : [],
  );
  if (files.length === 0) return undefined;
  return { kind: 'text', via: [...base, 'file'].join('.'), candidates: files };
}

/** `tool.setuptools.package-dir` names the root of all packages by the empty key. */
function packageRoots(document: TomlTable): string[] {
  const root = valueAt(document, ['tool', 'setuptools', 'package-dir', '']);
  return typeof root === 'string' ? [root] : ['src', '.'];
}

function pdm(document: TomlTable, directory: string): DynamicPlace | undefined {
  const table = tableAt(document, ['tool', 'pdm', 'version']);
  if (!table) return undefined;
  const via = 'tool.pdm.version.path';
  const path = typeof table['path'] === 'string' ? localPath(directory, table['path']) : undefined;
  if (table['source'] === 'scm') return { kind: 'fixed', via, why: 'the tag is the version' };
  if (table['source'] !== 'file' || path === undefined)
    return { kind: 'fixed', via, why: 'pdm computes it' };
  return { kind: 'python', via, candidates: [path], variables: ['__version__'] };
}

/** Backends and plugins that read the version from version control. */
function tagDriven(document: TomlTable): DynamicPlace | undefined {
  const tools = ['setuptools_scm', 'versioningit', 'uv-dynamic-versioning'];
  const requires = itemsAt(document, ['build-system', 'requires']).map(([, item]) => String(item));
  const tool = tools.find(
    (name) =>
      tableAt(document, ['tool', name]) !== undefined ||
      requires.some((item) => normalizeName(item).startsWith(normalizeName(name))),
  );
  return tool === undefined
    ? undefined
    : { kind: 'fixed', via: `tool.${tool}`, why: 'the tag is the version' };
}

/** flit takes `__version__` of the module, which has the project's name unless `tool.flit.module` says otherwise. */
function flit(document: TomlTable, directory: string): DynamicPlace | undefined {
  const backend = stringAt(document, ['build-system', 'build-backend']) ?? '';
  if (!backend.startsWith('flit_core')) return undefined;
  const name = stringAt(document, ['project', 'name']) ?? '';
  const module =
    stringAt(document, ['tool', 'flit', 'module', 'name']) ?? name.replaceAll('-', '_');
  const candidates = moduleFiles(directory, module.split('.'), ['.', 'src']);
  return { kind: 'python', via: '__version__', candidates, variables: ['__version__'] };
}

function moduleFiles(
  directory: string,
  segments: readonly string[],
  roots: readonly string[],
): string[] {
  const module = segments.join('/');
  return roots.flatMap((root) =>
    [`${root}/${module}/__init__.py`, `${root}/${module}.py`].flatMap(
      (path) => localPath(directory, path) ?? [],
    ),
  );
}
