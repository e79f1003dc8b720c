import { ForgeError } from '../../../errors';
import { all, fail, ok, type Json, type Result } from '../../../model';
import { parseRequirement } from '../requirement';
import { isAlias, isCrateName } from './crate-rules';
import type { IndexDependency } from './index-file';

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Features are lists of texts by name; cargo reads no index line in which they are something else. */
export function checkFeatures(claimed: Json): Result<null> {
  if (isObject(claimed) && Object.values(claimed).every(isTexts)) return ok(null);
  return refused('`features` are no lists of texts by name');
}

export function readDependencies(claimed: Json): Result<IndexDependency[]> {
  if (!Array.isArray(claimed)) return refused('`deps` is no list');
  return all((claimed as readonly Json[]).map(indexDependency));
}

/** Publishing says `version_req` and puts the real name into `name`; the index says `req` and puts it into `package`. */
function indexDependency(claimed: Json): Result<IndexDependency> {
  if (!isObject(claimed)) return refused('a dependency is no object');
  const { name, version_req: req, explicit_name_in_toml: alias, features = [] } = claimed;
  if (typeof name !== 'string' || !isCrateName(name))
    return refused(`\`${String(name)}\` is no name of a crate to depend on`);
  if (typeof req !== 'string' || !isServable(req))
    return refused(`\`${name}\` has the unusable requirement \`${String(req)}\``);
  const isRenamed = typeof alias === 'string' && alias !== '';
  const kind = textOrNull(claimed['kind']) ?? 'normal';
  const isPlain = isTexts(features) && kinds.has(kind) && isTextOrNull(claimed['target']);
  if (!isPlain || (isRenamed && !isAlias(alias)))
    return refused(`the dependency \`${name}\` is described by what cargo does not read`);
  return ok({
    name: isRenamed ? alias : name,
    req,
    features,
    optional: claimed['optional'] === true,
    default_features: claimed['default_features'] !== false,
    target: textOrNull(claimed['target']),
    kind,
    registry: textOrNull(claimed['registry']),
    package: isRenamed ? name : null,
  });
}

const kinds = new Set(['normal', 'build', 'dev']);

function isTextOrNull(value: Json | undefined): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

/** crates.io takes no bare `*`: such a dependency promises to work with every version to come. */
function isServable(requirement: string): boolean {
  const comparators = parseRequirement(requirement);
  return comparators.ok && comparators.value.every(({ parts }) => parts.length > 0);
}

function refused(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what }));
}
