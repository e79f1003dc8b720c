import type { TomlTable } from '../../text';
import type { DynamicPlace, OpenProject } from './dynamic-version';
import { localPath } from './local-path';
import { configValue } from './setup-cfg';
import { itemsAt, stringAt, tableAt } from './toml-access';

const base = ['tool', 'setuptools', 'dynamic', 'version'];

/**
 * `tool.setuptools.dynamic`, and what is dynamic without it: setup.cfg may say it, or setup.py, which is a program.
 */
export function setuptoolsVersion(project: OpenProject): DynamicPlace | undefined {
  const { document } = project;
  const attribute = stringAt(document, [...base, 'attr']);
  if (attribute !== undefined) return attributeOf(project, attribute, [...base, 'attr'].join('.'));
  const files = itemsAt(document, [...base, 'file']).map(([, file]) => file);
  if (files.length > 0) return contentOf(project, files, [...base, 'file'].join('.'));
  const backend = stringAt(document, ['build-system', 'build-backend']) ?? 'setuptools';
  return backend.startsWith('setuptools') ? configured(project) : undefined;
}

/** `version = 1.2.0`, `version = attr: a.__version__`, `version = file: VERSION` below `[metadata]` of setup.cfg. */
function configured(project: OpenProject): DynamicPlace | undefined {
  const { directory, reader } = project;
  const file = localPath(directory, 'setup.cfg');
  const source = file === undefined ? undefined : reader.read(file);
  const value = source && configValue(source.text, 'metadata', 'version')?.value;
  const via = 'metadata.version';
  if (source && value !== undefined) {
    const [, directive, rest = ''] = /^(attr|file):[ \t]*(.*)$/.exec(value) ?? [];
    if (directive === 'attr') return attributeOf(project, rest, `${via} of setup.cfg`);
    if (directive === 'file') return contentOf(project, rest.split(','), `${via} of setup.cfg`);
    return { kind: 'config', via, candidates: [source.file] };
  }
  const script = localPath(directory, 'setup.py');
  if (script === undefined || !reader.read(script)) return undefined;
  return { kind: 'fixed', via: 'setup.py', why: '`setup.py` computes it' };
}

function attributeOf(
  { document, directory }: OpenProject,
  attribute: string,
  via: string,
): DynamicPlace {
  const segments = attribute.split('.');
  const variables = [segments.pop() ?? ''];
  return { kind: 'python', via, candidates: moduleFiles(document, directory, segments), variables };
}

/** setuptools joins several files by newlines: no version stands in more than one. */
function contentOf(
  { directory }: OpenProject,
  files: readonly unknown[],
  via: string,
): DynamicPlace {
  const candidates = files.flatMap((file) =>
    typeof file === 'string' ? (localPath(directory, file.trim()) ?? []) : [],
  );
  if (candidates.length === 1) return { kind: 'text', via, candidates };
  return { kind: 'fixed', via, why: 'it is put together from several files' };
}

/** The module's own directory in `package-dir`, the root of all packages (the empty key), or the customary ones. */
function moduleFiles(document: TomlTable, directory: string, segments: readonly string[]) {
  const places = tableAt(document, ['tool', 'setuptools', 'package-dir']) ?? {};
  const [top = '', ...rest] = segments;
  const own = places[top];
  const where = itemsAt(document, ['tool', 'setuptools', 'packages', 'find', 'where']);
  const roots = [places[''], ...where.map(([, root]) => root), 'src', '.'].filter(
    (root) => typeof root === 'string',
  );
  const modules = [
    ...(typeof own === 'string' && top !== '' ? [[own, ...rest].join('/')] : []),
    ...roots.map((root) => [root, ...segments].join('/')),
  ];
  return modules.flatMap((module) =>
    [`${module}/__init__.py`, `${module}.py`].flatMap((path) => localPath(directory, path) ?? []),
  );
}
