import { ForgeError } from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';
import type { WorkspaceModel } from '../graph/model';
import { publishUpstream } from '../graph/order';
import type { RegistryOptions } from '../configuration/registry-target';
import { tokenFor } from '../configuration/registry-target';
import { publishWaves } from '../plan/publish-order';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { graphProblems } from './graph-problems';
import { missingTools } from './tools';

export interface PreflightScope {
  readonly model: WorkspaceModel;
  /** The units that will really be uploaded, of the whole run. */
  readonly units: readonly PublishUnit[];
  readonly registry: RegistryOptions;
  /** Uncommitted paths, workspace-relative. */
  readonly changedFiles: readonly string[];
}

/** Every problem that would stop the release half-way, all at once, before the first upload. */
export function preflight(scope: PreflightScope): readonly ForgeError[] {
  if (scope.units.length === 0) return [];
  return [
    ...graph(scope),
    ...strangers(scope),
    ...dirtyTree(scope),
    ...credentials(scope),
    ...tools(scope),
  ];
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

/**
 * A package that names a registry of its own must not end up in the public one because nobody repeated that
 * name here. A registry that the user gives for the run is the user's word and counts.
 */
function strangers({ units }: PreflightScope): readonly ForgeError[] {
  return units.flatMap(({ node: { ecosystem, manifest }, endpoints }) => {
    const own = manifest.registry;
    if (own === undefined || endpoints !== ecosystem.publicEndpoints) return [];
    if (Object.values(endpoints).some((url) => hostOf(url) === hostOf(own))) return [];
    const what = `\`${manifest.name}\` is for \`${own}\` only, but would go to ${ecosystem.title}`;
    return [new ForgeError('FORGE-C004', { what, where: { file: manifest.file } })];
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function dirtyTree({ changedFiles }: PreflightScope): readonly ForgeError[] {
  if (changedFiles.length === 0) return [];
  const shown = changedFiles.slice(0, 10).map((file) => `\`${file}\``);
  const more =
    changedFiles.length > shown.length ? ` and ${changedFiles.length - shown.length} more` : '';
  return [
    new ForgeError('FORGE-C003', {
      what: `these files differ from the last commit: ${shown.join(', ')}${more}`,
    }),
  ];
}

function credentials({ units, registry }: PreflightScope): readonly ForgeError[] {
  const byEcosystem = groupBy(units, ({ node }) => node.ecosystem);
  return [...byEcosystem].flatMap(([ecosystem, members]) => {
    const { token, names } = tokenFor(ecosystem, registry);
    if (token !== undefined) return [];
    return [
      new ForgeError('FORGE-C002', {
        what: `no token for ${ecosystem.title}: needed by ${members.map((unit) => `\`${labelOf(unit)}\``).join(', ')}`,
        fix: `set ${names.map((name) => `\`${name}\``).join(' or ')}${names.includes('FORGE_TOKEN') ? '' : `; get one at ${ecosystem.credentials.url}`}`,
      }),
    ];
  });
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
