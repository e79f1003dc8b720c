import { fail, ForgeError, ok, problemsError, type Result } from '@forge/ecosystems';
import { matchProjects } from '../configuration/match-projects';
import { openWorkspace, type Workspace } from '../effects/open-workspace';
import { findWorkspaceRoot } from '../effects/workspace-files';
import { createWorld } from '../effects/world';
import type { ProjectModel } from '../graph/model';
import { packageProjects } from '../package/package-projects';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { unitsOfProject } from '../publish/units-of-project';
import { rehearse, type RehearsalEvents } from '../rehearse/rehearse';
import { withUpstream } from '../rehearse/rehearsed-units';
import { parseArguments } from './arguments';
import type { CliCommand, Streams } from './command';

const usage = `Usage: forge-release rehearse [options]

Packages, publishes the artifacts with the native tools to a registry on this machine, and installs every package
from there as a stranger would. What succeeds leaves a receipt in .forge/rehearsals, which \`publish\` can demand
(\`requireRehearsal\`). Nothing is published anywhere else; without --network and --upstream nothing leaves this
machine at all.
  --projects PATTERN…        these projects, and what they need of the workspace; default: all
  --packed                   take the artifacts as they were packaged before
  --network                  let the registry of the rehearsal ask the public ones for packages of others; never for names
                             of this workspace, and it alone reaches out
  --upstream ECOSYSTEM=URL…  the same with another \`forge-registry\` instead of the public registry
  --keep                     keep the homes of the consumers, and say where
  --root DIR                 the workspace; default: the nearest directory above with an nx.json, else with a .git
`;

const optionTypes = {
  projects: { type: 'string', multiple: true },
  packed: { type: 'boolean' },
  network: { type: 'boolean' },
  upstream: { type: 'string', multiple: true },
  keep: { type: 'boolean' },
  root: { type: 'string' },
} as const;

export const rehearseCommand: CliCommand = {
  usage,
  async run(argv, from, streams) {
    const { values } = parseArguments(argv, optionTypes);
    const workspace = await openWorkspace(values.root ?? findWorkspaceRoot(from));
    const projects = chosen(workspace, values.projects);
    const units = await unitsOf(workspace, projects, values.packed ?? false);
    if (!units.ok) throw problemsError(units.problems);
    const { receipt, kept } = await rehearse(workspace, units.value, {
      keep: values.keep ?? false,
      outside: { network: values.network ?? false, upstreams: values.upstream ?? [] },
      events: tell(streams),
    });
    if (kept !== undefined) streams.out(`kept       ${kept}\n`);
    if (!receipt.ok) throw problemsError(receipt.problems);
    const count = receipt.value.content.packages.length;
    streams.out(`rehearsed  ${count} package${count === 1 ? '' : 's'}: ${receipt.value.file}\n`);
    return 0;
  },
};

/** Tags are known to Nx only; names and directories are ours as well. */
function chosen({ model }: Workspace, patterns: readonly string[] | undefined): ProjectModel[] {
  const publishing = [...model.projects.values()].filter(({ packages }) =>
    packages.some(({ role }) => role === 'published'),
  );
  const named = publishing.map(({ name, root }) => ({ name, root, tags: [] }));
  const wanted = (patterns ?? []).flatMap((pattern) => pattern.split(',')).filter(Boolean);
  const names = new Set(matchProjects(wanted.length > 0 ? wanted : ['*'], named));
  if (names.size === 0)
    throw new ForgeError('FORGE-G003', {
      what: wanted.length > 0 ? `no project matches ${wanted.join(', ')}` : 'nothing is published',
    });
  return [
    ...withUpstream(
      model,
      publishing.filter(({ name }) => names.has(name)),
    ),
  ];
}

async function unitsOf(
  workspace: Workspace,
  projects: readonly ProjectModel[],
  packed: boolean,
): Promise<Result<readonly PublishUnit[]>> {
  if (!packed) {
    const results = await packageProjects(workspace, projects, createWorld({ dryRun: false }));
    const problems = results.flatMap((each) => each.problems);
    if (problems.length > 0) return fail(...problems);
  }
  const found = projects.map((project) => unitsOfProject(workspace.root, project, {}, false));
  const problems = found.flatMap((each) => each.problems);
  return problems.length > 0 ? fail(...problems) : ok(found.flatMap(({ units }) => units));
}

function tell(streams: Streams): RehearsalEvents {
  return {
    started: (url) => streams.out(`registry   ${url}\n`),
    published: (unit, result) => streams.out(`${result.kind.padEnd(10)} ${labelOf(unit)}\n`),
    installed: (unit, proves) => streams.out(`installed  ${labelOf(unit)}: ${proves}\n`),
  };
}
