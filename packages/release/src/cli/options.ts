import { parseArgs } from 'node:util';
import { ForgeError, type RequirementPolicy } from '@forge/ecosystems';

export const usage = `Usage: forge-release inspect [PATH…]
       forge-release edit PATH… [--set-version V] [--set-dependency NAME=V]… [--dry-run]

PATH is a manifest, or a directory: all manifests in it that git does not ignore. \`-\` reads paths from the
standard input, one per line.

inspect prints what is read, one JSON line per manifest: facts, where they stand, roles, and why something
cannot be edited.

edit changes manifests, and what follows from them (workspace roots, version files, own entries of lock files),
to the byte. It prints a diff. Nothing is written when one of the manifests is refused.
  --set-version V            the new version, as SemVer or as the ecosystem spells it
  --set-dependency NAME=V    makes requirements on NAME ask for V; may be repeated
  --policy POLICY            when requirements change: \`always\` (default), or only when \`violated\`
  --dry-run                  write nothing

  --root DIR                 the workspace; default: the nearest directory above with an nx.json, else with a .git
`;

const optionTypes = {
  root: { type: 'string' },
  'set-version': { type: 'string' },
  'set-dependency': { type: 'string', multiple: true },
  policy: { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

interface Common {
  readonly paths: readonly string[];
  readonly root: string | undefined;
}

export interface InspectOptions extends Common {
  readonly command: 'inspect';
}

export interface EditOptions extends Common {
  readonly command: 'edit';
  readonly version: string | undefined;
  /** Name → version. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly policy: RequirementPolicy;
  readonly dryRun: boolean;
}

export type CliOptions = InspectOptions | EditOptions | { readonly command: 'help' };

type Values = ReturnType<typeof parse>['values'];

/** FORGE-C001 for everything that is not in the usage text. */
export function parseOptions(argv: readonly string[]): CliOptions {
  const { values, positionals } = parse(argv);
  const [command, ...paths] = positionals;
  if (values.help || command === undefined) return { command: 'help' };
  if (command === 'inspect') return inspectOptions(paths, values);
  if (command === 'edit') return editOptions(paths, values);
  throw invalid(`\`${command}\` is not a command`);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: optionTypes,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function inspectOptions(paths: readonly string[], { root, ...rest }: Values): InspectOptions {
  const [other] = Object.keys(rest);
  if (other !== undefined) throw invalid(`\`--${other}\` is not an option of \`inspect\``);
  return { command: 'inspect', paths: paths.length > 0 ? paths : ['.'], root };
}

function editOptions(paths: readonly string[], values: Values): EditOptions {
  const { 'set-version': version, 'set-dependency': dependencies = [], policy = 'always' } = values;
  if (paths.length === 0) throw invalid('`edit` needs a path');
  if (version === undefined && dependencies.length === 0)
    throw invalid('`edit` needs `--set-version` or `--set-dependency`');
  if (policy !== 'always' && policy !== 'violated')
    throw invalid(`\`${policy}\` is not a policy: use \`always\` or \`violated\``);
  return {
    ...{ command: 'edit', paths, version, policy, root: values.root },
    dependencies: new Map(dependencies.map(dependencyOf)),
    dryRun: values['dry-run'] ?? false,
  };
}

/** The last `=` ends the name: no version has one. */
function dependencyOf(text: string): [string, string] {
  const [, name, version] = /^(.+)=([^=]+)$/.exec(text) ?? [];
  if (name === undefined || version === undefined)
    throw invalid(`\`--set-dependency ${text}\` is not \`NAME=V\``);
  return [name, version];
}

function invalid(what: string): ForgeError {
  return new ForgeError('FORGE-C001', { what, fix: 'see `forge-release --help`' });
}
