import { findWorkspaceRoot } from '../effects/workspace-files';
import type { Asked, RehearseWith } from '../record/planned-release';
import type { Wishes } from '../run/prepare-release';
import { invalidArguments, parseArguments } from './arguments';

export const releaseOptions = `  --projects A,B     only these projects, and what depends on them
  --groups A,B       only these release groups
  --preid ID         the word in a prerelease: \`rc\`
  --first-release    there is no earlier tag to go by
  --registry URL     publish to a server that speaks all protocols
  --tag NAME         the tag of distribution, where a registry has them
  --access ACCESS    \`public\` or \`restricted\`, where a registry knows the difference
  --rehearse         publish to a registry on this machine and install from it before the first upload
  --network          with --rehearse: let that registry ask the public ones for packages of others
  --upstream ECOSYSTEM=URL
                     the same with another \`forge-registry\` instead of the public registry
  --push, --no-push  send commit and tags to the remote, or do not; default: \`release.git.push\` of nx.json
  --root DIR         the workspace; default: the nearest directory above with an nx.json
`;

const optionTypes = {
  root: { type: 'string' },
  projects: { type: 'string', multiple: true },
  groups: { type: 'string', multiple: true },
  preid: { type: 'string' },
  'first-release': { type: 'boolean' },
  registry: { type: 'string' },
  tag: { type: 'string' },
  access: { type: 'string' },
  rehearse: { type: 'boolean' },
  network: { type: 'boolean' },
  upstream: { type: 'string', multiple: true },
  push: { type: 'boolean' },
  'no-push': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  json: { type: 'boolean' },
} as const;

export interface ReleaseArguments {
  /** Absolute. */
  readonly root: string;
  readonly wishes: Wishes;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** What is released, from the command line. FORGE-C001 for everything that is not in the usage text. */
export function releaseArguments(argv: readonly string[], from: string): ReleaseArguments {
  const { values, positionals } = parseArguments(argv, optionTypes);
  const [specifier, ...more] = positionals;
  if (more.length > 0) throw invalidArguments(`\`${more.join(' ')}\` is one word too many`);
  // Nx 23 and 24 drop such a specifier without a word and ask for another one.
  if (specifier !== undefined && /^v\d/.test(specifier))
    throw invalidArguments(`\`${specifier}\` begins with a \`v\`: versions here do not`);
  const { access } = values;
  if (access !== undefined && access !== 'public' && access !== 'restricted')
    throw invalidArguments(`\`${access}\` is not an access: use \`public\` or \`restricted\``);
  if (values.push && values['no-push'])
    throw invalidArguments('`--push` and `--no-push` exclude each other');
  const asked = defined({
    ...{ specifier, access, preid: values.preid, registry: values.registry, tag: values.tag },
    projects: listOf(values.projects),
    groups: listOf(values.groups),
    firstRelease: values['first-release'],
  }) as Asked;
  const rehearseWith = outsideOf(values);
  const push = values.push ? true : values['no-push'] ? false : undefined;
  return {
    root: values.root ?? findWorkspaceRoot(from),
    wishes: {
      asked,
      ...(defined({ push, rehearse: values.rehearse, rehearseWith }) as Omit<Wishes, 'asked'>),
    },
    dryRun: values['dry-run'] ?? false,
    yes: values.yes ?? false,
    json: values.json ?? false,
  };
}

/** Whom the rehearsal's registry may ask. It alone reaches out, so without a rehearsal there is nothing to allow. */
function outsideOf({
  rehearse,
  network = false,
  upstream = [],
}: {
  rehearse?: boolean;
  network?: boolean;
  upstream?: string[];
}): RehearseWith | undefined {
  if (!network && upstream.length === 0) return undefined;
  if (!rehearse) throw invalidArguments('`--network` and `--upstream` are for `--rehearse`');
  return { network, upstreams: upstream };
}

function listOf(values: readonly string[] | undefined): string[] | undefined {
  return values?.flatMap((value) => value.split(',')).filter(Boolean);
}

function defined(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
