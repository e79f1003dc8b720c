import { fail, ok, type Ecosystem, type RequirementPolicy, type Result } from '@forge/ecosystems';
import type { Role } from '../graph/model';
import { artifactsCheck, type ArtifactsOption } from './artifact-options';
import { environmentChecks, joinEnvironments, type BuildEnvironment } from './build-environment';
import { isOptionalBoolean, object, oneOf, record, satisfies, type Check } from './checks';
import {
  followersCheck,
  normalizeFollowers,
  type Follower,
  type FollowersOption,
} from './followers';
import { ignoredByDefault, texts, triggersCheck, type Triggers } from './triggers';

/** Options of the plugin entry in nx.json, as the user writes them. */
export interface PluginOptions extends BuildEnvironment {
  /** `false` switches an ecosystem off. */
  readonly ecosystems?: Readonly<Record<string, boolean>>;
  /** Roles by manifest path, where the inferred one is wrong: `{ "packages/demo/<manifest>": "private" }`. */
  readonly packages?: Readonly<Record<string, Role>>;
  /** Other names for the inferred targets. */
  readonly targets?: Partial<TargetNames>;
  /** When requirements on released packages change: only those that the new version violates (the default), or always. */
  readonly requirements?: RequirementPolicy;
  /** Base URL of a server that speaks all protocols, to publish there instead of to the public registries. */
  readonly registry?: string;
  /** A command of the user's own that knows tokens: `{ "helper": ["op-forge", "ci"], "timeout": 30 }` (seconds). */
  readonly credentials?: { readonly helper?: readonly string[]; readonly timeout?: number };
  /** Version places that follow a release group without being released: `{ "core": ["VERSION"] }`. */
  readonly followers?: FollowersOption;
  /** By release group: what makes its projects due, where that is not everything that they are made of. */
  readonly triggers?: Triggers;
  /** Globs of changed files that are no reason for a release, instead of Markdown and lock files. */
  readonly ignoredChanges?: readonly string[];
  /** By manifest: of which files a version consists, and what may be inside. */
  readonly artifacts?: ArtifactsOption;
  /** Packages are built from what was packed, away from the repository, where their tools can. */
  readonly verify?: boolean;
  /** Statements of where a version was built go to the registries that take them; they need CI. */
  readonly provenance?: boolean;
  /** Seconds that a package waits for its turn where a registry documents a limit; an hour by default. */
  readonly limitWithin?: number;
}

export interface TargetNames {
  readonly package: string;
  readonly publish: string;
  readonly version: string;
  readonly check: string;
}

/** The same with everything decided. */
export interface NormalizedOptions {
  /** Those switched on, in their own order. */
  readonly ecosystems: readonly Ecosystem[];
  readonly roles: Readonly<Record<string, Role>>;
  readonly targets: TargetNames;
  readonly requirements: RequirementPolicy;
  readonly registry: string | undefined;
  readonly credentialHelper?: { readonly argv: readonly string[]; readonly timeoutMs: number };
  readonly followers: readonly Follower[];
  readonly triggers: Triggers;
  readonly ignoredChanges: readonly string[];
  readonly artifacts: ArtifactsOption;
  readonly verify: boolean;
  readonly provenance: boolean;
  /** Milliseconds. */
  readonly limitWithin?: number;
  /** Of the builds of all packages. */
  readonly environment: Required<BuildEnvironment>;
}

const roles: readonly string[] = ['published', 'embedded', 'private'] satisfies Role[];
const targetNames: TargetNames = {
  package: 'package',
  publish: 'publish',
  version: 'version',
  check: 'forge:check',
};

/** Checks the options and fills in the rest. All problems are reported together (FORGE-C001). */
export function normalizeOptions(
  options: unknown,
  ecosystems: readonly Ecosystem[],
): Result<NormalizedOptions> {
  const ids = ecosystems.map(({ id }) => id);
  const problems = object({
    ecosystems: object(Object.fromEntries(ids.map((id) => [id, isBoolean]))),
    packages: record(oneOf(roles, 'a role')),
    targets: object({ package: isName, publish: isName, version: isName, check: isName }),
    requirements: isPolicy,
    registry: isUrl,
    credentials: object({ helper: texts, timeout: isSeconds }),
    followers: followersCheck(ids),
    triggers: triggersCheck,
    ignoredChanges: texts,
    artifacts: artifactsCheck(ecosystems),
    verify: isOptionalBoolean,
    provenance: isOptionalBoolean,
    limitWithin: isSeconds,
    ...environmentChecks(ecosystems),
  })('options', options ?? {}, '');
  if (problems.length > 0) return fail(...problems);
  const given = (options ?? {}) as PluginOptions;
  return ok({
    ecosystems: ecosystems.filter(({ id }) => given.ecosystems?.[id] !== false),
    roles: given.packages ?? {},
    targets: { ...targetNames, ...given.targets },
    requirements: given.requirements ?? 'violated',
    registry: given.registry,
    ...credentialHelper(given.credentials),
    triggers: given.triggers ?? {},
    ignoredChanges: given.ignoredChanges ?? ignoredByDefault,
    followers: normalizeFollowers(given.followers),
    artifacts: given.artifacts ?? {},
    verify: given.verify ?? false,
    provenance: given.provenance ?? false,
    environment: joinEnvironments(given),
    ...(given.limitWithin === undefined ? {} : { limitWithin: given.limitWithin * 1000 }),
  });
}

/** Seconds for a helper that asks a person to unlock something. */
const usualTimeout = 30;

function credentialHelper({
  helper = [],
  timeout = usualTimeout,
}: PluginOptions['credentials'] = {}): Pick<NormalizedOptions, 'credentialHelper'> {
  if (helper.length === 0) return {};
  return { credentialHelper: { argv: helper, timeoutMs: timeout * 1000 } };
}

const isSeconds: Check = satisfies(
  (value) => value === undefined || (typeof value === 'number' && value > 0),
  'a number of seconds',
  'write a number above 0',
);

const isBoolean: Check = satisfies(
  (value) => typeof value === 'boolean',
  'a boolean',
  'use true or false',
);

const isName: Check = satisfies(
  (value) => typeof value === 'string' && value !== '',
  'the name of a target',
  'write a name that is not empty',
);

const isPolicy: Check = satisfies(
  (value) => value === undefined || value === 'violated' || value === 'always',
  'a policy',
  'use `violated` or `always`',
);

const isUrl: Check = satisfies(
  (value) => value === undefined || (typeof value === 'string' && URL.canParse(value)),
  'a URL',
  'write the base URL of a registry server',
);
