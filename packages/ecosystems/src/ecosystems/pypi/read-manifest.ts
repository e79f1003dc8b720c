import { ForgeError, type ErrorCode } from '../../errors';
import { fail, ok, type Manifest, type Reader, type Result, type Source } from '../../model';
import { locatedSpan, parseToml, tomlSpans, type TomlPath, type TomlTable } from '../../text';
import { declaredDependencies, type Declarations } from './dependencies';
import { embeddedCrates } from './embeds';
import { directoryOf } from './local-path';
import { isProjectName, normalizeName } from './names';
import { readSetupFile } from './setup-script';
import { isTable, itemsAt, stringAt, tableAt, valueAt } from './toml-access';
import { versionSource, type VersionSource } from './version-source';
import { partsOf } from './version-parts';

/** A pyproject.toml that describes a package, taken apart; what `plan` and `publishable` build on. */
export interface PyProject {
  readonly source: Source;
  readonly document: TomlTable;
  readonly name: string;
  readonly version: VersionSource;
  readonly declarations: Declarations;
}

/** `null` for a file that only configures tools, or that says it is no package. */
export function readManifest(source: Source, reader: Reader): Result<Manifest | null> {
  const read = readProject(source, reader);
  if (!read.ok) return read;
  if (read.value === null) return ok(null);
  const { document, name, version, declarations } = read.value;
  const secret = privateReason(document);
  const embeds = embeddedCrates(document, directoryOf(source.file), reader);
  const own = normalizeName(name);
  return ok({
    ecosystem: 'pypi',
    file: source.file,
    name,
    version: version.fact,
    ...(secret !== undefined && { private: secret }),
    dependencies: declarations.declared
      .map(({ dependency }) => dependency)
      // `core[all]` in the extras of `core` itself is no dependency on another package.
      .filter((dependency) => normalizeName(dependency.name) !== own),
    embeds,
    inputs: [...new Set([...version.inputs, ...embeds.map(({ manifest }) => manifest)])],
  });
}

export function readProject(source: Source, reader: Reader): Result<PyProject | null> {
  if (!source.file.endsWith('.toml')) return readSetupFile(source, reader);
  const parsed = parseToml(source);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  if (!tableAt(document, ['project']) && !tableAt(document, ['tool', 'poetry'])) return ok(null);
  if (isApplication(document)) return ok(null);
  if (source.bom) return fail(byteOrderMark(source));
  const version = versionSource(source, document, reader);
  const declarations = declaredDependencies(document, directoryOf(source.file));
  const problems = [
    ...nameProblems(source, document),
    ...versionProblems(source, version),
    ...declarations.unreadable.map(({ at, text }) =>
      problemAt(source, 'FORGE-M006', `\`${text}\` is no dependency specifier (PEP 508)`, at),
    ),
  ];
  const name = nameOf(document);
  if (problems.length > 0 || !version || name === undefined) return fail(...problems);
  return ok({ source, document, name, version, declarations });
}

/** Poetry 1.8 and later: such a project is only installed, and needs neither name nor version. */
function isApplication(document: TomlTable): boolean {
  return (
    valueAt(document, ['tool', 'poetry', 'package-mode']) === false &&
    !tableAt(document, ['project'])
  );
}

function nameOf(document: TomlTable): string | undefined {
  return stringAt(document, ['project', 'name']) ?? stringAt(document, ['tool', 'poetry', 'name']);
}

function nameProblems(source: Source, document: TomlTable): ForgeError[] {
  const isStandard = isTable(document['project']);
  const path = isStandard ? ['project', 'name'] : ['tool', 'poetry', 'name'];
  const name = nameOf(document);
  if (name !== undefined && isProjectName(name)) return [];
  if (name !== undefined)
    return [problemAt(source, 'FORGE-M006', `\`${name}\` is no name for a Python project`, path)];
  const what = `\`${source.file}\` has no \`${path.join('.')}\``;
  return [problemAt(source, 'FORGE-M004', what, path.slice(0, -1))];
}

function versionProblems(source: Source, version: VersionSource | undefined): ForgeError[] {
  if (!version) {
    const what = `\`${source.file}\` has no version and no \`dynamic = ["version"]\``;
    return [problemAt(source, 'FORGE-M005', what, ['project'], ['tool', 'poetry'])];
  }
  const { value, via, file } = version.fact;
  if (value === null || partsOf(value)) return [];
  const what = `\`${value}\` is no version of PEP 440`;
  if (file !== source.file)
    return [new ForgeError('FORGE-M006', { what: `${what}: \`${via}\``, where: { file } })];
  return [problemAt(source, 'FORGE-M006', what, via.split('.'))];
}

function byteOrderMark(source: Source): ForgeError {
  return new ForgeError('FORGE-M014', {
    what: `\`${source.file}\` begins with a byte order mark, which Python's TOML reader refuses`,
    where: { file: source.file, line: 1, column: 1 },
    fix: 'save the file as UTF-8 without a byte order mark',
  });
}

/** A problem with the place of the first path that stands in the file: a value, or the header of a table. */
function problemAt(
  source: Source,
  code: ErrorCode,
  what: string,
  ...paths: readonly TomlPath[]
): ForgeError {
  const spans = tomlSpans(source);
  const places = paths.map((path) => spans.find(path) ?? spans.header(path));
  return new ForgeError(code, { what, ...locatedSpan(source, places.find(Boolean)) });
}

/** PyPI refuses uploads with a classifier that begins with `Private ::`. */
function privateReason(document: TomlTable): string | undefined {
  for (const table of ['project', 'tool.poetry']) {
    const classifiers = itemsAt(document, [...table.split('.'), 'classifiers']);
    const found = classifiers.find(([, item]) => String(item).startsWith('Private ::'));
    if (found) return `classifier \`${String(found[1])}\``;
  }
  if (valueAt(document, ['tool', 'uv', 'package']) === false) return '`tool.uv.package = false`';
  if (valueAt(document, ['tool', 'poetry', 'package-mode']) === false)
    return '`tool.poetry.package-mode = false`';
  return undefined;
}
