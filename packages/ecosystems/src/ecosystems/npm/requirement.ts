import semver from 'semver';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  remembered,
  type RequirementGrammar,
  type RequirementPolicy,
  type Result,
} from '../../model';
import { raiseBranch } from './range-branch';
import { parseSpecifier } from './specifier';

/** Ranges of node-semver, also behind the protocols `workspace:` and `npm:`. */
export const requirement: RequirementGrammar = remembered({
  satisfies,
  rewrite,
  default: (v) => `^${v}`,
});

function satisfies(raw: string, version: string): Result<boolean> {
  const specifier = parseSpecifier(raw);
  if (specifier.kind !== 'range') return fail(unreadable(raw));
  // A bare workspace specifier means whatever version stands in the workspace.
  if (specifier.workspace && /^[*^~]?$/.test(specifier.range.trim())) return ok(true);
  const { range } = specifier;
  if (!isRange(range)) return fail(unreadable(raw));
  return ok(accepts(range, version));
}

/** Beyond what anybody writes; what follows looks at every place of a range, and again for blanks. */
const longest = 1000;

function isRange(range: string): boolean {
  return range.length <= longest && semver.validRange(range, { loose: true }) !== null;
}

/** As npm-pick-manifest 11 does: `*` takes what the tag `latest` points at, a prerelease included. */
function accepts(range: string, version: string): boolean {
  if (/^\s*[*xX]?\s*$/.test(range)) return semver.valid(version) !== null;
  return semver.satisfies(version, range, { loose: true });
}

function rewrite(raw: string, version: string, policy: RequirementPolicy): Result<string> {
  const satisfied = satisfies(raw, version);
  if (!satisfied.ok) return satisfied;
  if (satisfied.value && policy === 'violated') return ok(raw);
  const specifier = parseSpecifier(raw);
  if (specifier.kind !== 'range' || /^\s*[*^~xX]?\s*$/.test(specifier.range)) return ok(raw);
  const range = rewriteRange(specifier.range, version, policy);
  const changed = range === undefined ? undefined : raw.slice(0, specifier.at) + range;
  if (changed === undefined || !accepts(changed.slice(specifier.at), version))
    return fail(
      new ForgeError('FORGE-V004', {
        what: `\`${raw}\` cannot be changed to take ${version} and keep its form`,
      }),
    );
  return ok(changed);
}

/** Of `||` branches the last one that takes the version is raised; if none does, one more in the form of the last is added. */
function rewriteRange(
  range: string,
  version: string,
  policy: RequirementPolicy,
): string | undefined {
  const parts = range.split(/(\s*\|\|\s*)/);
  const branches = parts.filter((_, index) => index % 2 === 0);
  const last = branches.findLastIndex((branch) => accepts(branch, version));
  const raised = raiseBranch(branches[Math.max(last, 0)] ?? range, version, policy);
  if (branches.length === 1) return raised;
  if (last >= 0 && raised !== undefined) return parts.with(last * 2, raised).join('');
  const added = raiseBranch(branches.at(-1) ?? '', version, 'always');
  return added === undefined ? undefined : `${range}${parts.at(-2) ?? ' || '}${added.trim()}`;
}

function unreadable(raw: string): ForgeError {
  return new ForgeError('FORGE-V003', { what: `\`${raw}\` is not a range of versions` });
}
