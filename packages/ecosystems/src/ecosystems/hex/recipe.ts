import { posix } from 'node:path';
import { ForgeError, type ErrorCode } from '../../errors';
import {
  all,
  fail,
  ok,
  type CommandResult,
  type PackageContext,
  type PackageFiles,
  type PackageRecipe,
  type Result,
} from '../../model';
import { describedIn, describeScript } from './describe-package';
import { fieldsOf, isTerms, parseTerms, printTerm, textOf, tuple, type Term } from './erlang';
import { limits, packTarball, type PackageFile } from './tarball';

type Built = readonly { readonly filename: string; readonly bytes: Uint8Array }[];

/** Fields without which neither Hex nor hexpm takes a package (Hex 2.5, `check_missing_fields`). */
const required = ['app', 'name', 'version', 'description', 'licenses', 'links'];

/**
 * One command: Mix evaluates the project, then Hex packs it if its archive is installed; if not, we pack what
 * the evaluation says. The user's Mix home is only read, Hex's own home is a private one.
 */
export function packageRecipe(context: PackageContext): PackageRecipe {
  const { manifest, exportRoot, outDir, workDir, programs } = context;
  const cwd = posix.join(exportRoot, posix.dirname(manifest.file));
  const filename = `${manifest.name}-${manifest.version.value}.tar`;
  return {
    commands: [
      {
        program: programs['elixir'] ?? 'elixir',
        args: ['-e', describeScript, posix.join(outDir, filename)],
        cwd,
        passEnv: ['MIX_HOME', 'MIX_ARCHIVES'],
        env: {
          HEX_HOME: posix.join(workDir, 'hex'),
          HEX_OFFLINE: '1',
          // Elixir warns and mangles names where the locale is not UTF-8.
          ELIXIR_ERL_OPTIONS: '+fnu',
        },
      },
    ],
    assemble: (results, files) => assemble(results, files, cwd),
    artifactDir: outDir,
    isArtifact: (name) => name === filename,
  };
}

function assemble(
  results: readonly CommandResult[],
  files: PackageFiles,
  directory: string,
): Result<Built> {
  const described = describedIn(results[0]?.stdout ?? '');
  if (described === undefined) return ok([]);
  const [term] = parseTerms(described) ?? [];
  const description = fieldsOf(term);
  const metadata = fieldsOf(description.get('metadata'));
  const problems = [...missingFields(metadata), ...reported(fieldsOf(description.get('problems')))];
  if (problems.length > 0) return fail(...problems);
  const packed = filesOf(metadata, files, directory);
  return packed.ok ? pack(metadata, packed.value) : packed;
}

function pack(metadata: ReadonlyMap<string, Term>, files: readonly PackageFile[]): Result<Built> {
  const fields = new Map([...metadata, ['files', files.map(({ name }) => name)]]);
  const text = [...fields]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${printTerm(tuple(key, value))}.\n`);
  const bytes = packTarball(text.join(''), files);
  if (bytes.length > limits.packed)
    return problem('FORGE-A005', `the tarball has ${bytes.length} bytes, more than Hex takes`);
  const filename = `${textOf(metadata.get('name'))}-${textOf(metadata.get('version'))}.tar`;
  return ok([{ filename, bytes }]);
}

function missingFields(metadata: ReadonlyMap<string, Term>): ForgeError[] {
  const missing = required.filter((key) => !metadata.has(key));
  if (missing.length === 0) return [];
  const what = `the package has no ${missing.map((key) => `\`${key}\``).join(', ')}`;
  const fix = 'add them: `description:` in `project/0`, `licenses:` and `links:` under `package:`';
  return [new ForgeError('FORGE-A006', { what, fix })];
}

/** What Hex's own task refuses too. */
function reported(problems: ReadonlyMap<string, Term>): ForgeError[] {
  const names = (key: string): string => {
    const found = problems.get(key);
    return isTerms(found) ? found.map((each) => `\`${textOf(each)}\``).join(', ') : '';
  };
  const told: readonly (readonly [string, string])[] = [
    [names('missing'), 'files of the package that match nothing'],
    [names('elsewhere'), 'dependencies that are no Hex packages'],
    [names('overridden'), 'dependencies with `override: true`, which Hex refuses'],
  ];
  return told.flatMap(([list, what]) =>
    list === '' ? [] : [new ForgeError('FORGE-A006', { what: `${what}: ${list}` })],
  );
}

/** Regular files in the order of their names; Hex lists them in the order of the file system. */
function filesOf(
  metadata: ReadonlyMap<string, Term>,
  files: PackageFiles,
  directory: string,
): Result<PackageFile[]> {
  const listed = metadata.get('files');
  const names = isTerms(listed) ? listed.map(textOf).sort() : [];
  const executable = new Set(
    files.walk(directory).flatMap((each) => (each.executable ? [each.path] : [])),
  );
  return all(
    names.map((name) => {
      const path = posix.join(directory, name);
      const content = posix.isAbsolute(name) ? undefined : files.read(path);
      return content
        ? ok({ name, executable: executable.has(path), content })
        : problem('FORGE-A006', `\`${name}\` cannot be packed: it is no file of the package`);
    }),
  );
}

function problem(code: ErrorCode, what: string): Result<never> {
  return fail(new ForgeError(code, { what }));
}
