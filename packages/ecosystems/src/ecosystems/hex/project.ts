import { ForgeError } from '../../errors';
import { fail, ok, type Result, type Source } from '../../model';
import { located } from '../../text';
import { dependencyEntries, type DependencyEntry } from './dependency-entry';
import { nameOf, settingsOf, type Setting } from './elixir/keywords';
import { findMixModule, pairsOf } from './elixir/module';
import { parseElixir } from './elixir/parse';
import { elements, resolve, type Scope } from './elixir/resolve';
import { SyntaxProblem, type Expression, type Span } from './elixir/syntax';

/** What `project/0` says. */
export interface Project {
  /** Undefined when it is computed or not given. */
  readonly app: string | undefined;
  readonly appAt: Expression | undefined;
  /** `package: [name: ...]`. */
  readonly packageName: string | undefined;
  /** `package: [organization: ...]` with its place. */
  readonly organization: { readonly name: string; readonly at: Span } | undefined;
  readonly version: Expression | undefined;
  readonly scope: Scope;
  readonly isUmbrella: boolean;
  /** `package` or `description` is given, without which nothing can be published. */
  readonly hasMetadata: boolean;
  readonly dependencies: readonly DependencyEntry[];
  /** Keys of `rustler_crates` with the directory of each. */
  readonly rustlerCrates: readonly string[];
  /** Place of the list that `project/0` gives back. */
  readonly at: Span;
}

/** The project of a mix.exs; undefined for a file that defines none. Throws SyntaxProblem. */
export function readProject(source: Source): Project | undefined {
  const module = findMixModule(parseElixir(source.text));
  const clause = module?.functions.get('project')?.[0];
  const result = clause?.body.at(-1);
  if (!module || !clause || !result) return undefined;
  const scope: Scope = { module, locals: clause.locals };
  const settings = settingsOf(result, scope);
  const deps = settings.get('deps');
  const packaging = settings.get('package');
  const packageSettings = packaging && settingsOf(packaging.value, packaging.scope);
  return {
    app: nameOf(settings.get('app')),
    appAt: settings.get('app')?.value,
    packageName: nameOf(packageSettings?.get('name')),
    organization: organizationOf(packageSettings?.get('organization')),
    version: settings.get('version')?.value,
    scope: settings.get('version')?.scope ?? scope,
    isUmbrella: settings.has('apps_path'),
    hasMetadata: settings.has('package') || settings.has('description'),
    dependencies: deps
      ? elements(deps.value, deps.scope).flatMap((each) =>
          dependencyEntries(each.expression, each.scope),
        )
      : [],
    rustlerCrates: crates(settings.get('rustler_crates')),
    at: { start: result.start, end: result.end },
  };
}

/** What is computed when Mix runs is an organisation too, and not one to be guessed. */
function organizationOf(setting: Setting | undefined): Project['organization'] {
  if (!setting) return undefined;
  const { expression } = resolve(setting.value, setting.scope);
  if (expression.kind === 'atom' && expression.value === 'nil') return undefined;
  const name = nameOf(setting) ?? '(computed)';
  return { name, at: { start: setting.value.start, end: setting.value.end } };
}

/** `rustler_crates: [name: [path: "native/name"]]`; the path defaults to `native/<name>` (Rustler 0.21). */
function crates(setting: Setting | undefined): string[] {
  if (!setting) return [];
  return elements(setting.value, setting.scope).flatMap(({ expression, scope }) => {
    if (expression.kind !== 'pair') return [];
    const path = pairsOf(resolve(expression.value, scope).expression).find(
      ({ key }) => key === 'path',
    );
    return [(path && nameOf({ value: path.value, scope })) ?? `native/${expression.key}`];
  });
}

/** `null` for an umbrella root and for a file without a project. */
export function projectOf(source: Source): Result<Project | null> {
  if (source.text.trim() === '') {
    const what = `\`${source.file}\` is empty`;
    return fail(new ForgeError('FORGE-M001', { what, where: { file: source.file } }));
  }
  if (source.bom) return fail(byteOrderMark(source));
  try {
    const project = readProject(source);
    return ok(project && !project.isUmbrella ? project : null);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const { what, offset, length } = error;
    return fail(new ForgeError('FORGE-M002', { what, ...located(source, offset, length) }));
  }
}

/** Elixir 1.14 ends with a SyntaxError at the first character (ran). */
function byteOrderMark({ file }: Source): ForgeError {
  return new ForgeError('FORGE-M014', {
    what: `\`${file}\` begins with a byte order mark, which Elixir refuses`,
    where: { file, line: 1, column: 1 },
    fix: 'save the file as UTF-8 without a byte order mark',
  });
}
