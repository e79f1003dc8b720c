import type { RegistryOptions } from '../configuration/registry-target';
import { createKeyring, type Keyring } from '../credentials/keyring';
import { accessPorts } from '../effects/access-ports';
import type { Workspace } from '../effects/open-workspace';
import { questionSlots } from '../effects/slots';
import { lookAround, type Surroundings } from '../effects/surroundings';
import type { World } from '../effects/world';
import type { PublishUnit } from '../plan/publish-unit';
import { preflight, type PreflightScope } from './preflight';
import { nothingFound, type PreflightReport } from './report';

export interface PreflightOptions
  extends RegistryOptions, Pick<PreflightScope, 'tags' | 'confirm' | 'limitWithin'> {
  readonly allowDirty: boolean;
  /** In place of what the plugin's options say. */
  readonly provenance?: boolean | undefined;
  readonly access?: 'public' | 'restricted' | undefined;
  /** What stands around the release, where that was looked at already. */
  readonly surroundings?: Surroundings;
}

export interface RunPreflight {
  readonly report: PreflightReport;
  /** With the tokens that were found on the way, for the uploads. */
  readonly keyring: Keyring;
}

/** The tokens of a run, from wherever its user keeps them. */
export function keyringOf(
  { root, options }: Pick<Workspace, 'root'> & Partial<Pick<Workspace, 'options'>>,
  units: readonly PublishUnit[],
  registry: RegistryOptions,
  { dryRun }: Pick<World, 'dryRun'>,
): Keyring {
  const helper = options?.credentialHelper;
  return createKeyring(units, { root, registry, helper, ports: accessPorts(root), dryRun });
}

/**
 * Preflight for whoever is about to upload `units`, all of the run and no others: `forge-release run`, the executor
 * `publish`, `nx release`. Looks at the repository, finds the tokens, and asks the registries; changes nothing.
 */
export async function preflightRun(
  workspace: Pick<Workspace, 'root' | 'model'> & Partial<Pick<Workspace, 'options' | 'reader'>>,
  units: readonly PublishUnit[],
  given: PreflightOptions,
  world: Pick<World, 'dryRun' | 'request'>,
): Promise<RunPreflight> {
  const { allowDirty, surroundings, tags, confirm, limitWithin, ...rest } = given;
  const { provenance: asked, access, ...registry } = rest;
  const { root, model, options, reader } = workspace;
  const ports = accessPorts(root);
  const keyring = keyringOf(workspace, units, registry, world);
  if (units.length === 0) return { report: nothingFound, keyring };
  const slot = questionSlots();
  const within = limitWithin ?? options?.limitWithin;
  const report = await preflight({
    ...{ model, units, registry, keyring, ports },
    artifacts: options?.artifacts ?? {},
    provenance: asked ?? options?.provenance ?? false,
    ...(access === undefined ? {} : { access }),
    ...(reader === undefined ? {} : { reader }),
    surroundings: surroundings ?? (await lookAround(root, { allowDirty })),
    ask: (request) => slot(() => world.request(request)),
    ...(within === undefined ? {} : { limitWithin: within }),
    ...(tags === undefined ? {} : { tags }),
    ...(confirm === undefined ? {} : { confirm }),
  });
  return { report, keyring };
}
