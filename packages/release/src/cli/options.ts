import type { RequirementPolicy } from '@forge/ecosystems';
import { invalidArguments as invalid, parseArguments } from './arguments';

const paths = `PATH is a manifest, or a directory: all manifests in it that git does not ignore. \`-\` reads paths from the
standard input, one per line.
  --root DIR                 the workspace; default: the nearest directory above with an nx.json, else with a .git
`;

export const inspectUsage = `Usage: forge-release inspect [PATH…]

Prints what is read, one JSON line per manifest: facts, where they stand, roles, and why something cannot be
edited. ${paths}`;

export const editUsage = `Usage: forge-release edit PATH… [--set-version V] [--set-dependency NAME=V]… [--dry-run]

Changes manifests, and what follows from them (workspace roots, version files, own entries of lock files), to the
byte. It prints a diff. Nothing is written when one of the manifests is refused. A workspace root that is no package has no
version to set; requirements that it states for its members are changed. ${paths}\
  --set-version V            the new version, as SemVer or as the ecosystem spells it
  --set-dependency NAME=V    makes requirements on NAME ask for V; may be repeated
  --policy POLICY            when requirements change: \`always\` (default), or only when \`violated\`
  --dry-run                  write nothing
`;

const optionTypes = {
  root: { type: 'string' },
  'set-version': { type: 'string' },
  'set-dependency': { type: 'string', multiple: true },
  policy: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

interface Common {
  readonly paths: readonly string[];
  readonly root: string | undefined;
}

export type InspectOptions = Common;

export interface EditOptions extends Common {
  readonly version: string | undefined;
  /** Name → version. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly policy: RequirementPolicy;
  readonly dryRun: boolean;
}

/** FORGE-C001 for everything that is not in the usage text. */
export function inspectOptions(argv: readonly string[]): InspectOptions {
  const { values, positionals } = parseArguments(argv, optionTypes);
  const { root, ...rest } = values;
  const [other] = Object.keys(rest);
  if (other !== undefined) throw invalid(`\`--${other}\` is not an option of \`inspect\``);
  return { paths: positionals.length > 0 ? positionals : ['.'], root };
}

/** FORGE-C001 for everything that is not in the usage text. */
export function editOptions(argv: readonly string[]): EditOptions {
  const { values, positionals } = parseArguments(argv, optionTypes);
  const { 'set-version': version, 'set-dependency': dependencies = [], policy = 'always' } = values;
  if (positionals.length === 0) throw invalid('`edit` needs a path');
  if (version === undefined && dependencies.length === 0)
    throw invalid('`edit` needs `--set-version` or `--set-dependency`');
  if (policy !== 'always' && policy !== 'violated')
    throw invalid(`\`${policy}\` is not a policy: use \`always\` or \`violated\``);
  return {
    ...{ paths: positionals, version, policy, root: values.root },
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
