import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type RequirementGrammar,
  type RequirementPolicy,
  type Result,
} from '../../model';
import { contains } from './contains';
import { parseVersion, type Components } from './pvp';
import { parseRange, type Range } from './range';
import { rewriteRange } from './rewrite';

/** Ranges of `build-depends`: `^>=1.2`, `>=1.2 && <1.4 || ==2.0.*`. */
export const requirement: RequirementGrammar = {
  satisfies(text, native) {
    const parsed = parse(text, native);
    return parsed.ok ? ok(contains(parsed.value.range, parsed.value.version)) : parsed;
  },

  rewrite(text, native, policy: RequirementPolicy) {
    const parsed = parse(text, native);
    if (!parsed.ok) return parsed;
    const { range, version } = parsed.value;
    if (policy === 'violated' && contains(range, version)) return ok(text);
    const rewritten = rewriteRange(text, range, version, policy);
    const again = rewritten === undefined ? undefined : parseRange(rewritten);
    if (rewritten !== undefined && again && contains(again, version)) return ok(rewritten);
    const what = `\`${text}\` does not hold \`${native}\`, and no bound of it can be moved to it`;
    return fail(new ForgeError('FORGE-V004', { what }));
  },

  default(native) {
    return `^>=${native.split('.').slice(0, 2).join('.')}`;
  },
};

function parse(text: string, native: string): Result<{ range: Range; version: Components }> {
  const version = parseVersion(native);
  if (!version) {
    const what = `\`${native}\` is no version: digits and dots only`;
    return fail(new ForgeError('FORGE-V001', { what }));
  }
  const range = parseRange(text);
  if (range) return ok({ range, version });
  return fail(new ForgeError('FORGE-V003', { what: `\`${text}\` is no version range` }));
}
