import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  remembered,
  type RequirementGrammar,
  type RequirementPolicy,
  type Result,
} from '../../model';
import { contains } from './ranges/contains';
import { parseNative } from './native-version';
import type { Components } from './pvp';
import { parseRange, type Range } from './ranges/range';
import { applySplices, rangeSplices, type Splice } from './ranges/rewrite';

/**
 * Ranges of `build-depends`: `^>=1.2`, `>=1.2 && <1.4 || ==2.0.*`. They know no candidates: to a range,
 * `1.3.0-rc.1` is the `1.3.0` that it is uploaded as.
 */
export const requirement: RequirementGrammar = remembered({
  satisfies(text, native) {
    const parsed = parse(text, native);
    return parsed.ok ? ok(contains(parsed.value.range, parsed.value.version)) : parsed;
  },

  rewrite(text, native, policy: RequirementPolicy) {
    const splices = splicesFor(text, native, policy);
    return splices.ok ? ok(applySplices(text, splices.value)) : splices;
  },

  default(native) {
    return `^>=${(parseNative(native)?.components ?? []).slice(0, 2).join('.')}`;
  },
});

/** The same as `rewrite`, as replacements inside the text: comments may stand between them in a file. */
export function splicesFor(
  text: string,
  native: string,
  policy: RequirementPolicy,
): Result<readonly Splice[]> {
  const parsed = parse(text, native);
  if (!parsed.ok) return parsed;
  const { range, version } = parsed.value;
  if (policy === 'violated' && contains(range, version)) return ok([]);
  const splices = rangeSplices(text, range, version, policy);
  const again = splices && parseRange(applySplices(text, splices));
  if (splices && again && contains(again, version)) return ok(splices);
  const what = `\`${text}\` does not hold \`${native}\`, and no bound of it can be moved to it`;
  return fail(new ForgeError('FORGE-V004', { what }));
}

function parse(text: string, native: string): Result<{ range: Range; version: Components }> {
  const version = parseNative(native)?.components;
  if (!version) {
    const what = `\`${native}\` is no version: digits and dots only`;
    return fail(new ForgeError('FORGE-V001', { what }));
  }
  const range = parseRange(text);
  if (range) return ok({ range, version });
  return fail(new ForgeError('FORGE-V003', { what: `\`${text}\` is no version range` }));
}
