import type { Dependency, DependencyKind } from '../../model';
import type { TomlPath, TomlTable } from '../../text';
import { localPath, pathOfUrl } from './local-path';
import { normalizeName } from './names';
import { parseEditable, parsePep508, type Pep508 } from './pep508';
import { expandPath, isTable, itemsAt, tableAt } from './toml-access';

/** A dependency and where in the document it is written. */
export interface Declared {
  readonly dependency: Dependency;
  /** Path of the string that holds the requirement, or of the table that holds `path`. */
  readonly at: TomlPath;
  /** The requirement inside that string. */
  readonly requirement?: { readonly start: number; readonly end: number };
  /** For `name @ file:…`: the parsed specifier. */
  readonly reference?: Pep508;
}

export interface Declarations {
  readonly declared: readonly Declared[];
  /** Strings of the standard tables that are no dependency specifiers. */
  readonly unreadable: readonly { readonly at: TomlPath; readonly text: string }[];
}

type Section = readonly [pattern: readonly string[], kind: DependencyKind];

/** Lists of PEP 508 strings: the standard tables (PEP 621, 735, 518), then those of tools. */
const standardSections: readonly Section[] = [
  [['project', 'dependencies'], 'runtime'],
  [['project', 'optional-dependencies', '*'], 'optional'],
  [['build-system', 'requires'], 'build'],
  [['dependency-groups', '*'], 'dev'],
];
const toolSections: readonly Section[] = [
  [['tool', 'uv', 'dev-dependencies'], 'dev'],
  [['tool', 'uv', 'constraint-dependencies'], 'dev'],
  [['tool', 'uv', 'override-dependencies'], 'dev'],
  [['tool', 'uv', 'build-constraint-dependencies'], 'dev'],
  [['tool', 'uv', 'extra-build-dependencies', '*'], 'build'],
  [['tool', 'pdm', 'dev-dependencies', '*'], 'dev'],
  [['tool', 'hatch', 'envs', '*', 'dependencies'], 'dev'],
  [['tool', 'hatch', 'envs', '*', 'extra-dependencies'], 'dev'],
];
const poetrySections: readonly Section[] = [
  [['tool', 'poetry', 'dependencies'], 'runtime'],
  [['tool', 'poetry', 'dev-dependencies'], 'dev'],
  [['tool', 'poetry', 'group', '*', 'dependencies'], 'dev'],
  [['tool', 'poetry', 'requires-plugins'], 'dev'],
];

/** Every dependency of a pyproject.toml in the directory `directory`. */
export function declaredDependencies(document: TomlTable, directory: string): Declarations {
  const standard = listed(document, directory, standardSections);
  // Most manifests have no table of a tool that declares dependencies.
  if (!document['tool']) return standard;
  const tools = listed(document, directory, toolSections);
  const poetry = poetrySections.flatMap(([pattern, kind]) =>
    expandPath(document, pattern).flatMap((path) => poetryTable(document, directory, path, kind)),
  );
  return {
    declared: [...standard.declared, ...tools.declared, ...poetry],
    unreadable: standard.unreadable,
  };
}

function listed(
  document: TomlTable,
  directory: string,
  sections: readonly Section[],
): Declarations {
  const sources = uvSources(document, directory);
  const declared: Declared[] = [];
  const unreadable: { at: TomlPath; text: string }[] = [];
  for (const [pattern, kind] of sections) {
    for (const section of expandPath(document, pattern)) {
      for (const [at, text] of itemsAt(document, section)) {
        // `{ include-group = "test" }` of PEP 735 is no dependency.
        if (typeof text !== 'string') continue;
        const parsed = parsePep508(text) ?? (section[0] === 'tool' && parseEditable(text));
        if (!parsed) unreadable.push({ at, text });
        else declared.push(standardDependency(parsed, at, kind, section, directory, sources));
      }
    }
  }
  return { declared, unreadable };
}

function standardDependency(
  parsed: Pep508,
  at: TomlPath,
  kind: DependencyKind,
  section: TomlPath,
  directory: string,
  sources: ReadonlyMap<string, LocalSource>,
): Declared {
  const written = parsed.url && pathOfUrl(parsed.url.text);
  const path = written === undefined ? undefined : localPath(directory, written);
  const dependency: Dependency = {
    name: parsed.name,
    kind,
    section: section.join('.'),
    requirement: parsed.specifier?.text ?? null,
    ...sources.get(normalizeName(parsed.name)),
    ...(path !== undefined && { path }),
  };
  const { specifier } = parsed;
  return {
    dependency,
    at,
    ...(specifier && { requirement: { start: specifier.start, end: specifier.end } }),
    ...(parsed.url && { reference: parsed }),
  };
}

type LocalSource = Pick<Dependency, 'path' | 'internal'>;

/** `tool.uv.sources`: where uv finds a dependency inside the repository; other frontends ignore it. */
function uvSources(document: TomlTable, directory: string): ReadonlyMap<string, LocalSource> {
  const table = tableAt(document, ['tool', 'uv', 'sources']) ?? {};
  const sources = new Map<string, LocalSource>();
  for (const [name, value] of Object.entries(table)) {
    const options = (Array.isArray(value) ? value : [value]).filter(isTable);
    const written = options.map((each) => each['path']).find((each) => typeof each === 'string');
    const path = written === undefined ? undefined : localPath(directory, written);
    const internal = options.some((each) => each['workspace'] === true);
    const source = { ...(path !== undefined && { path }), ...(internal && { internal }) };
    sources.set(normalizeName(name), source);
  }
  return sources;
}

/** `core = "^1.2"`, `core = { version = "^1.2" }`, or a list of such tables with markers. */
function poetryTable(
  document: TomlTable,
  directory: string,
  section: TomlPath,
  kind: DependencyKind,
): Declared[] {
  const names = Object.keys(tableAt(document, section) ?? {}).filter((name) => name !== 'python');
  return names.flatMap((name) =>
    itemsAt(document, [...section, name]).flatMap(([at, value]) => {
      const dependency = poetryDependency(name, value, kind, section.join('.'), directory);
      if (!dependency) return [];
      const holder = typeof value === 'string' ? at : [...at, 'version'];
      const { requirement } = dependency;
      if (requirement === null) return [{ dependency, at }];
      return [{ dependency, at: holder, requirement: { start: 0, end: requirement.length } }];
    }),
  );
}

function poetryDependency(
  name: string,
  value: unknown,
  kind: DependencyKind,
  section: string,
  directory: string,
): Dependency | undefined {
  const base = { name, kind, section };
  if (typeof value === 'string') return { ...base, requirement: value };
  if (!isTable(value)) return undefined;
  const { version, path: written, optional } = value;
  const path = typeof written === 'string' ? localPath(directory, written) : undefined;
  return {
    ...base,
    kind: optional === true && kind === 'runtime' ? 'optional' : kind,
    requirement: typeof version === 'string' ? version : null,
    ...(path !== undefined && { path }),
  };
}
