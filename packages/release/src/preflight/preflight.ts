import type { ForgeError, Reader } from '@forge/ecosystems';
import type { ArtifactsOption } from '../configuration/artifact-options';
import { isAstray, type RegistryOptions } from '../configuration/registry-target';
import type { Keyring } from '../credentials/keyring';
import type { AccessPorts } from '../effects/access-ports';
import { meanwhile } from '../effects/meanwhile';
import type { Surroundings } from '../effects/surroundings';
import { defaultDeadlines } from '../configuration/deadlines';
import { groupBy } from '../graph/group-by';
import type { WorkspaceModel } from '../graph/model';
import { publishUpstream } from '../graph/order';
import { publishWaves } from '../plan/publish-order';
import type { PublishUnit } from '../plan/publish-unit';
import { credentials, strayTokens } from './credentials';
import { graphProblems } from './graph-problems';
import { lackingFields } from './lacking-fields';
import { provenanceProblems } from './provenance';
import { rateBudget } from './rate-budget';
import { joinReports, nothingFound, type PreflightReport } from './report';
import { branch, dirtyTree, room, tagsThatExist } from './repository';
import { rights, type AskRegistry } from './rights';
import { missingTools } from './tools';
import { unfitArtifacts } from './unfit-artifacts';

export interface PreflightScope {
  readonly model: WorkspaceModel;
  /** Of the manifests; without one nobody looks at what they lack. */
  readonly reader?: Reader;
  /** The units that will really be uploaded, of the whole run. */
  readonly units: readonly PublishUnit[];
  readonly registry: RegistryOptions;
  /** What the user says of artifacts, by manifest. */
  readonly artifacts?: ArtifactsOption;
  readonly keyring: Keyring;
  readonly surroundings: Surroundings;
  readonly ports: Pick<AccessPorts, 'env'>;
  readonly ask: AskRegistry;
  /** Milliseconds that a package may wait for its turn at a registry with limits. */
  readonly limitWithin?: number;
  /** Statements of provenance are to go along. */
  readonly provenance?: boolean;
  /** What is asked for in this run. */
  readonly access?: 'public' | 'restricted';
  /** Tags that the release is going to make. */
  readonly tags?: readonly string[];
  /** Answers for a person; absent where nobody has to agree. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** Everything that would stop the release half-way, all at once, before the first upload. */
export async function preflight(scope: PreflightScope): Promise<PreflightReport> {
  const { units, surroundings } = scope;
  if (units.length === 0) return nothingFound;
  const placed = units.filter(({ node }) => !isAstray(node, scope.registry));
  const access = await credentials(placed, scope.keyring);
  const [asked, around, there, unproven] = await Promise.all([
    rights(access.found, scope.ask),
    meanwhile(() => packages(scope, placed)),
    branch(surroundings, scope.confirm),
    scope.provenance ? provenance(scope, placed) : [],
  ]);
  return joinReports([
    around,
    {
      problems: [
        ...dirtyTree(surroundings),
        ...tagsThatExist(surroundings, scope.tags ?? []),
        ...room(surroundings, units),
      ],
    },
    there,
    access.report,
    { warnings: strayTokens(access.found, scope.ports) },
    ...asked,
    budget(scope, placed, asked),
    { problems: [...tools(scope), ...unproven] },
  ]);
}

/** Names that no registry could be asked for count as known ones, as they do in the run. */
function budget(
  { model, limitWithin = defaultDeadlines.limitWithin }: PreflightScope,
  units: readonly PublishUnit[],
  asked: readonly Partial<PreflightReport>[],
): Partial<PreflightReport> {
  const { firstPublished } = joinReports(asked);
  return rateBudget({ units, firstPublished, upstream: publishUpstream(model) }, limitWithin);
}

/** Looks at what is to go out, and asks nobody. */
async function packages(
  scope: PreflightScope,
  placed: readonly PublishUnit[],
): Promise<Partial<PreflightReport>> {
  const unfit = unfitArtifacts(placed, scope.artifacts ?? {});
  const lacking = lackingFields(placed, scope.reader);
  return joinReports([{ problems: [...graph(scope), ...astray(scope), ...unfit] }, lacking]);
}

/** FORGE-G002 too: uploads that wait for each other would wait for ever. */
function graph({ model, units }: PreflightScope): readonly ForgeError[] {
  const problems = graphProblems(model);
  const nodes = units.map(({ node }) => node);
  const waves = publishWaves(nodes, publishUpstream(model));
  return [
    ...nodes.flatMap((node) => problems.get(node) ?? []),
    ...(waves.ok ? [] : waves.problems),
  ];
}

/** FORGE-C004: a package that names a registry of its own must not end up in another one. */
function astray({ units, registry }: PreflightScope): readonly ForgeError[] {
  return units.flatMap(({ node }) => registry.destinations?.problemsOf(node) ?? []);
}

function provenance(
  { ports, reader, access }: PreflightScope,
  units: readonly PublishUnit[],
): Promise<readonly ForgeError[]> {
  return provenanceProblems(units, { env: ports.env, reader, access });
}

function tools({ units }: PreflightScope): readonly ForgeError[] {
  const pairs = units.flatMap(({ node }) =>
    node.ecosystem.tool.needs(node.manifest).publish.map((need) => ({ need, node })),
  );
  return [...groupBy(pairs, ({ need }) => need.name).values()].flatMap((group) =>
    missingTools(
      group.slice(0, 1).map(({ need }) => need),
      group.map(({ node }) => node),
    ),
  );
}
