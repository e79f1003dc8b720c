import {
  fail,
  ForgeError,
  ok,
  type Ecosystem,
  type RequirementPolicy,
  type Result,
} from '@forge/ecosystems';
import type { Role } from '../graph/model';

/** Options of the plugin entry in nx.json, as the user writes them. */
export interface PluginOptions {
  /** `false` switches an ecosystem off. */
  readonly ecosystems?: Readonly<Record<string, boolean>>;
  /** Roles by manifest path, where the inferred one is wrong: `{ "crates/demo/Cargo.toml": "private" }`. */
  readonly packages?: Readonly<Record<string, Role>>;
  /** Other names for the inferred targets. */
  readonly targets?: Partial<TargetNames>;
  /** When requirements on released packages change: only those that the new version violates (the default), or always. */
  readonly requirements?: RequirementPolicy;
  /** Base URL of a server that speaks all protocols, to publish there instead of to the public registries. */
  readonly registry?: string;
}

export interface TargetNames {
  readonly package: string;
  readonly publish: string;
  readonly version: string;
}

/** The same with everything decided. */
export interface NormalizedOptions {
  /** Those switched on, in their own order. */
  readonly ecosystems: readonly Ecosystem[];
  readonly roles: Readonly<Record<string, Role>>;
  readonly targets: TargetNames;
  readonly requirements: RequirementPolicy;
  readonly registry: string | undefined;
}

const roles: readonly string[] = ['published', 'embedded', 'private'] satisfies Role[];
const targetNames: TargetNames = { package: 'package', publish: 'publish', version: 'version' };

type Check = (path: string, value: unknown) => ForgeError[];

/** Checks the options and fills in the rest. All problems are reported together (FORGE-C001). */
export function normalizeOptions(
  options: unknown,
  ecosystems: readonly Ecosystem[],
): Result<NormalizedOptions> {
  const ids = ecosystems.map(({ id }) => id);
  const problems = object({
    ecosystems: object(Object.fromEntries(ids.map((id) => [id, isBoolean]))),
    packages: record(isRole),
    targets: object({ package: isName, publish: isName, version: isName }),
    requirements: isPolicy,
    registry: isUrl,
  })('options', options ?? {});
  if (problems.length > 0) return fail(...problems);
  const given = (options ?? {}) as PluginOptions;
  return ok({
    ecosystems: ecosystems.filter(({ id }) => given.ecosystems?.[id] !== false),
    roles: given.packages ?? {},
    targets: { ...targetNames, ...given.targets },
    requirements: given.requirements ?? 'violated',
    registry: given.registry,
  });
}

function object(checks: Readonly<Record<string, Check>>): Check {
  const known = Object.keys(checks);
  return record((path, value, key) => {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check) return check(path, value);
    return [problem(`\`${path}\` is not an option`, `use one of ${quoted(known)}, or remove it`)];
  });
}

function record(check: (path: string, value: unknown, key: string) => ForgeError[]): Check {
  return (path, value) => {
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [problem(`\`${path}\` is not an object`, `write \`{ … }\` for \`${path}\``)];
    return Object.entries(value).flatMap(([key, each]) => check(`${path}.${key}`, each, key));
  };
}

const isBoolean: Check = (path, value) =>
  typeof value === 'boolean' ? [] : [problem(`\`${path}\` is not a boolean`, 'use true or false')];

const isName: Check = (path, value) =>
  typeof value === 'string' && value !== ''
    ? []
    : [problem(`\`${path}\` is not the name of a target`, 'write a name that is not empty')];

const isRole: Check = (path, value) =>
  typeof value === 'string' && roles.includes(value)
    ? []
    : [problem(`\`${path}\` is not a role`, `use one of ${quoted(roles)}`)];

const isPolicy: Check = (path, value) =>
  value === undefined || value === 'violated' || value === 'always'
    ? []
    : [problem(`\`${path}\` is not a policy`, 'use `violated` or `always`')];

const isUrl: Check = (path, value) =>
  value === undefined || (typeof value === 'string' && URL.canParse(value))
    ? []
    : [problem(`\`${path}\` is not a URL`, 'write the base URL of a registry server')];

function problem(what: string, fix: string): ForgeError {
  return new ForgeError('FORGE-C001', { what, where: { file: 'nx.json' }, fix });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
