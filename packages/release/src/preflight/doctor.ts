import { ForgeError, type ToolNeed } from '@forge/ecosystems';
import { withDestinations } from '../credentials/destinations';
import { describeSource } from '../credentials/credential';
import { createKeyring, type Keyring } from '../credentials/keyring';
import { hostOf } from '../credentials/variables';
import { endpointsOf, isAstray, type RegistryOptions } from '../configuration/registry-target';
import { accessPorts, type AccessPorts } from '../effects/access-ports';
import { installedVersion, nodeVersion } from '../effects/installed';
import type { Workspace } from '../effects/open-workspace';
import { findProgram } from '../effects/programs';
import { lookAround, type Surroundings } from '../effects/surroundings';
import { groupBy } from '../graph/group-by';
import type { PublishUnit } from '../plan/publish-unit';
import { credentials, strayTokens } from './credentials';
import { laggingTags } from './lagging-tags';
import { provenanceProblems } from './provenance';
import { joinReports, type PreflightReport } from './report';
import { branch, dirtyTree } from './repository';
import { rights, type AskRegistry } from './rights';
import { missingTools } from './tools';

/** What a release would find here, for people and as JSON. Never a secret: of tokens only where they are from. */
export interface Diagnosis {
  readonly node: string;
  readonly nx: string | null;
  readonly git: {
    readonly branch: string | null;
    readonly defaultBranch: string | null;
    readonly changedFiles: number;
  };
  readonly tools: readonly ExaminedTool[];
  readonly registries: readonly ExaminedRegistry[];
  readonly problems: PreflightReport['problems'];
  readonly warnings: PreflightReport['warnings'];
}

export interface ExaminedTool {
  readonly name: string;
  /** Absolute; null when it is not on PATH. */
  readonly path: string | null;
  readonly projects: readonly string[];
}

export interface ExaminedRegistry {
  readonly title: string;
  readonly url: string;
  readonly answers: boolean;
  /** Where its token is from; null when there is none. */
  readonly token: string | null;
  readonly packages: readonly string[];
}

interface Practice {
  readonly ask: AskRegistry;
  readonly ports?: AccessPorts;
  readonly surroundings?: Surroundings;
}

/** Examines everything that is published from a workspace, whether or not it is due. Changes nothing. */
export async function diagnose(
  workspace: Workspace,
  options: RegistryOptions,
  { ask, ports = accessPorts(workspace.root), surroundings }: Practice,
): Promise<Diagnosis> {
  const { root, options: plugin, reader } = workspace;
  const registry = await withDestinations(options, workspace, ports);
  const all = unitsOf(workspace, registry);
  const units = all.filter(({ node }) => !isAstray(node, registry));
  const helper = plugin.credentialHelper;
  const keyring = createKeyring(units, { root, registry, helper, ports, dryRun: true });
  const found = await credentials(units, keyring);
  const around = surroundings ?? (await lookAround(root, { allowDirty: false }));
  const [registries, rightsFound, lagging, unproven] = await Promise.all([
    examineRegistries(units, keyring, ask),
    rights(found.found, ask),
    laggingTags(units, ask),
    plugin.provenance ? provenanceProblems(units, { env: ports.env, reader }) : [],
  ]);
  const versions = { node: nodeVersion(), nx: installedVersion(root, 'nx') ?? null };
  const report = joinReports([
    {
      problems: [
        ...tooOld(versions),
        ...all.flatMap(({ node }) => registry.destinations.problemsOf(node)),
      ],
    },
    { problems: workspace.model.problems.flatMap(({ problems }) => problems) },
    { problems: [...missing(all), ...unproven], warnings: dirtyTree(around) },
    found.report,
    await branch(around, undefined),
    ...rightsFound,
    { problems: registries.filter(({ answers }) => !answers).map(silentRegistry) },
    { warnings: [...strayTokens(found.found, ports), ...lagging] },
  ]);
  return {
    ...versions,
    git: gitOf(around),
    tools: examineTools(all),
    registries,
    problems: report.problems,
    warnings: report.warnings,
  };
}

function unitsOf({ model }: Workspace, registry: RegistryOptions): readonly PublishUnit[] {
  return model.packages
    .filter(({ role }) => role === 'published')
    .map((node) => ({
      ...{ node, version: node.manifest.version.value ?? '', artifacts: [], planned: false },
      endpoints: endpointsOf(node, registry),
    }));
}

function gitOf({ branch: current, defaultBranch, changedFiles }: Surroundings): Diagnosis['git'] {
  return {
    branch: current ?? null,
    defaultBranch: defaultBranch ?? null,
    changedFiles: changedFiles.length,
  };
}

interface NeedOfUnit {
  readonly need: ToolNeed;
  readonly unit: PublishUnit;
}

function needs(units: readonly PublishUnit[]): ReadonlyMap<string, readonly NeedOfUnit[]> {
  const all = units.flatMap((unit) => {
    const of = unit.node.ecosystem.tool.needs(unit.node.manifest);
    return [...of.package, ...of.publish].map((need) => ({ need, unit }));
  });
  return groupBy(all, ({ need }) => need.name);
}

function examineTools(units: readonly PublishUnit[]): readonly ExaminedTool[] {
  return [...needs(units)].map(([name, group]) => {
    const programs = group.flatMap(({ need }) => need.anyOf);
    const path = programs.map(findProgram).find(Boolean) ?? null;
    return { name, path, projects: [...new Set(group.map(({ unit }) => unit.node.project))] };
  });
}

function missing(units: readonly PublishUnit[]): readonly ForgeError[] {
  return [...needs(units).values()].flatMap((group) => {
    const nodes = [...new Set(group.map(({ unit }) => unit.node))];
    return missingTools(
      group.slice(0, 1).map(({ need }) => need),
      nodes,
    );
  });
}

async function examineRegistries(
  units: readonly PublishUnit[],
  keyring: Keyring,
  ask: AskRegistry,
): Promise<readonly ExaminedRegistry[]> {
  const groups = groupBy(units, ({ node, endpoints }) =>
    [node.ecosystem.id, JSON.stringify(endpoints)].join('\0'),
  );
  return Promise.all(
    [...groups.values()].map(async (group) => {
      const [first] = group as [PublishUnit];
      const { remote, title } = first.node.ecosystem;
      const { name } = first.node.manifest;
      const response = await ask(remote.versions(name, first.endpoints));
      const credential = await keyring.find(first);
      return {
        title,
        url: Object.values(first.endpoints)[0] ?? hostOf(first.endpoints),
        answers: remote.parseVersions(name, response) !== null,
        token: credential.ok ? describeSource(credential.value.source) : null,
        packages: group.map(({ node }) => node.manifest.name),
      };
    }),
  );
}

function silentRegistry({ title, url }: ExaminedRegistry): ForgeError {
  return new ForgeError('FORGE-P004', { what: `${title} (${url}) does not answer` });
}

/** The range that this plugin is tested with, of Nx, and the first Node that Nx itself takes. */
const oldest = { node: [20, 19], nx: [23, 1] } as const;

/** FORGE-C024 */
function tooOld({ node, nx }: Pick<Diagnosis, 'node' | 'nx'>): readonly ForgeError[] {
  return [
    { name: 'Node', version: node, least: oldest.node },
    { name: 'Nx', version: nx ?? '', least: oldest.nx },
  ]
    .filter(({ version, least }) => version !== '' && isBelow(version, least))
    .map(({ name, version, least }) => {
      const what = `${name} ${version} is older than ${least.join('.')}`;
      return new ForgeError('FORGE-C024', { what });
    });
}

function isBelow(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
