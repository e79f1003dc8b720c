import type { RequirementPolicy } from './edit';
import type { Result } from './result';

export const bumpTypes = [
  'major',
  'minor',
  'patch',
  'premajor',
  'preminor',
  'prepatch',
  'prerelease',
] as const;

export type BumpType = (typeof bumpTypes)[number];

/**
 * Versions and requirements of one ecosystem. `native` is the ecosystem's own spelling,
 * `canonical` the SemVer string of a release. All functions are total: bad input is a problem, not a throw.
 */
export interface VersionGrammar {
  isValid(native: string): boolean;
  /** Sign of a - b in the ecosystem's own order; equal versions may differ in spelling. Both must be valid. */
  compare(a: string, b: string): number;
  isPrerelease(native: string): boolean;
  /** Next version in native spelling, by the rules of `semver.inc` carried over to the grammar. */
  bump(native: string, type: BumpType, preid: string): Result<string>;
  /** Problems: FORGE-V001 for input that is not SemVer, FORGE-V002 for what the grammar cannot hold. */
  toNative(canonical: string): Result<string>;
  /** The SemVer spelling; FORGE-V002 for what SemVer cannot hold, for example four parts. */
  toCanonical(native: string): Result<string>;
  readonly requirement: RequirementGrammar;
}

export interface RequirementGrammar {
  /** FORGE-V003 when the requirement cannot be parsed. Prereleases match only when the ecosystem's resolver would take them. */
  satisfies(requirement: string, version: string): Result<boolean>;
  /**
   * The requirement with operators, precision, bounds and branches kept, so that `version` satisfies it.
   * Unchanged text means nothing to do. FORGE-V004 for what cannot be kept in meaning.
   */
  rewrite(requirement: string, version: string, policy: RequirementPolicy): Result<string>;
  /** The usual requirement on a version, for references that had none: `^1.2.3`, `~> 1.2`, `>=1.2,<2`. */
  default(version: string): string;
}
