import { ForgeError } from '@forge/ecosystems';
import type { FoundCredential } from '../credentials/credential';
import { isVouchedFor } from '../credentials/identity-token';
import type { Keyring } from '../credentials/keyring';
import type { AccessPorts } from '../effects/access-ports';
import type { PublishUnit } from '../plan/publish-unit';
import type { PreflightReport } from './report';
import type { UnitWithCredential } from './rights';

/** The tokens of all units, and one problem for each registry that has none. */
export async function credentials(
  units: readonly PublishUnit[],
  keyring: Keyring,
): Promise<{ readonly report: Partial<PreflightReport>; readonly found: UnitWithCredential[] }> {
  const results = await Promise.all(
    units.map(async (unit) => ({ unit, result: await keyring.find(unit) })),
  );
  const problems = results.flatMap(({ result }) => (result.ok ? [] : result.problems));
  const found = results.flatMap(({ unit, result }) =>
    result.ok ? [{ unit, credential: result.value }] : [],
  );
  return { report: { problems: firstOfEach(problems) }, found };
}

/** Units of one registry have one problem, of which each may have made its own. */
function firstOfEach(problems: readonly ForgeError[]): readonly ForgeError[] {
  return [...new Map(problems.map((problem) => [problem.render(), problem])).values()];
}

/**
 * FORGE-C022, a warning: a token that was left in the environment wins over trusted publishing, and is what people
 * then search for when a registry refuses it.
 */
export function strayTokens(
  found: readonly { readonly unit: PublishUnit; readonly credential: FoundCredential }[],
  { env }: Pick<AccessPorts, 'env'>,
): readonly ForgeError[] {
  const stray = found.flatMap(({ unit, credential: { source } }) => {
    const exchange = unit.node.ecosystem.access?.exchange;
    const isPublic = unit.endpoints === unit.node.ecosystem.publicEndpoints;
    if (!exchange || !isPublic || source.kind !== 'environment') return [];
    return isVouchedFor(exchange.env, env) ? [{ unit, variable: source.variable }] : [];
  });
  const byVariable = new Map(stray.map((each) => [each.variable, each]));
  return [...byVariable].map(([variable, { unit }]) => {
    const what = `\`${variable}\` is set, so ${unit.node.ecosystem.title} gets that token although this CI run could have one of its own`;
    return new ForgeError('FORGE-C022', { what, fix: `unset \`${variable}\`` });
  });
}
