import { ForgeError, type CommandResult } from '@forge/ecosystems';
import { labelOf, type PublishUnit } from '../plan/publish-unit';

/** Something from outside of the workspace is needed, and the registry does not hold it. */
export interface Lacking {
  readonly kind: 'lacking';
  readonly names: readonly string[];
  /** FORGE-W004. */
  readonly error: ForgeError;
}

/** What helps where nobody else can be asked. */
const withoutIt = 'rehearse what does not need it (`--projects`)';

/** What a tool misses by what it printed; undefined where it fails for another reason. */
export function lackingIn(
  unit: PublishUnit,
  result: CommandResult,
  asksOutside: boolean,
): Lacking | undefined {
  const { ecosystem, manifest } = unit.node;
  const names = ecosystem.tool.consumer
    .lacking(result)
    .filter((name) => ecosystem.normalizeName(name) !== ecosystem.normalizeName(manifest.name));
  if (names.length === 0) return undefined;
  const missing = names.map((name) => `\`${name}\``).join(', ');
  const what = `\`${labelOf(unit)}\` needs ${missing}, which the rehearsal does not have`;
  const { upstream } = ecosystem.wire;
  const couldAsk = upstream !== undefined && !upstream.isPrivate && !asksOutside;
  const fix = couldAsk ? `rehearse with \`--network\`, or ${withoutIt}` : withoutIt;
  const at = { where: { file: manifest.file }, frame: lastLines(result) };
  return { kind: 'lacking', names, error: new ForgeError('FORGE-W004', { what, fix, ...at }) };
}

/**
 * The same of a failed upload: some tools resolve what a package needs before they send it. Other failures
 * stay as they are, also where a package of the workspace itself is missed.
 */
export function lackingForUpload(
  unit: PublishUnit,
  error: ForgeError,
  units: readonly PublishUnit[],
  asksOutside: boolean,
): ForgeError {
  const result = { exitCode: 1, stdout: '', stderr: error.what };
  const found = lackingIn(unit, result, asksOutside);
  const { id, normalizeName } = unit.node.ecosystem;
  const own = new Set(
    units
      .filter(({ node }) => node.ecosystem.id === id)
      .map(({ node }) => normalizeName(node.manifest.name)),
  );
  return found?.names.every((name) => !own.has(normalizeName(name))) ? found.error : error;
}

/** The end of what a tool printed, where the reason is. */
export function lastLines({ stdout, stderr }: CommandResult): string {
  return `${stdout}\n${stderr}`.trim().split('\n').slice(-30).join('\n');
}
