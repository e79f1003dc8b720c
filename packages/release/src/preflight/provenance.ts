import { ForgeError, type Environment, type Provenance, type Reader } from '@forge/ecosystems';
import { askVersion } from '../effects/ask-version';
import { groupBy } from '../graph/group-by';
import { labelOf, type PublishUnit } from '../plan/publish-unit';

/** What statements of provenance are looked at with. */
export interface ProvenanceContext {
  readonly env: Environment;
  readonly reader: Reader | undefined;
  /** What the user asks for in this run. */
  readonly access?: 'public' | 'restricted' | undefined;
  /** What a program says when it is asked for its version; undefined where it is not there. */
  readonly ask?: (program: string, args: readonly string[]) => Promise<string | undefined>;
}

/** True for a unit that goes to a registry which takes statements of provenance. */
export function takesProvenance({ node, endpoints }: PublishUnit): boolean {
  return node.ecosystem.access?.provenance?.isTaken(endpoints) ?? false;
}

/**
 * Why statements that are asked for cannot be made: no CI system vouches for the run (FORGE-C065), the tool is too old
 * (FORGE-C024), a manifest does not say enough (FORGE-C066). Units that go elsewhere have none, and no problem.
 */
export async function provenanceProblems(
  units: readonly PublishUnit[],
  context: ProvenanceContext,
): Promise<readonly ForgeError[]> {
  const taking = units.filter(takesProvenance);
  const groups = groupBy(taking, ({ node }) => node.ecosystem.id);
  const found = [...groups.values()].map(async (group) => {
    const provenance = group[0]?.node.ecosystem.access?.provenance;
    if (!provenance) return [];
    const around = [
      ...unwitnessed(group, provenance, context),
      ...(await tooOld(provenance, context)),
    ];
    return [...around, ...group.flatMap((unit) => lacking(unit, provenance, context))];
  });
  return (await Promise.all(found)).flat();
}

function unwitnessed(
  units: readonly PublishUnit[],
  { unwitnessed: why }: Provenance,
  { env }: ProvenanceContext,
): readonly ForgeError[] {
  const reason = why(env);
  if (!reason) return [];
  const labels = units.map((unit) => `\`${labelOf(unit)}\``).join(', ');
  const what = `nobody can vouch for where ${labels} is built: ${reason.what}`;
  return [new ForgeError('FORGE-C065', { what, fix: reason.fix })];
}

/** A program that is not there is missed by whoever looks for tools. */
async function tooOld(
  { title, program }: Provenance,
  { ask = askVersion }: ProvenanceContext,
): Promise<readonly ForgeError[]> {
  const answer = await ask(program.name, program.args);
  if (answer === undefined || program.isEnough(answer)) return [];
  const what = `${title} ${answer.trim()} is older than ${program.least}, and makes no statement of provenance`;
  return [
    new ForgeError('FORGE-C024', { what, fix: `install ${title} ${program.least} or newer` }),
  ];
}

function lacking(
  { node: { manifest } }: PublishUnit,
  provenance: Provenance,
  { reader, access }: ProvenanceContext,
): readonly ForgeError[] {
  const source = reader?.read(manifest.file);
  if (!source) return [];
  const asked = access === undefined ? {} : { access };
  return provenance.lacking(source, asked).map(({ field, ...place }) => {
    const what = `\`${manifest.name}\` needs \`${field}\` for a statement of provenance`;
    return new ForgeError('FORGE-C066', { what, ...place });
  });
}
