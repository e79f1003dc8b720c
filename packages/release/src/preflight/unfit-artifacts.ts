import { ForgeError, type Artifact, type SizeLimit } from '@forge/ecosystems';
import type { ArtifactsOption } from '../configuration/artifact-options';
import { isPublicRegistry } from '../configuration/public-registry';
import type { PublishUnit } from '../plan/publish-unit';

/**
 * Artifacts that the public registry is known to refuse, before anything is uploaded: FORGE-A015 by their name,
 * FORGE-A005 by their size. What other registries take is theirs to say.
 */
export function unfitArtifacts(
  units: readonly PublishUnit[],
  options: ArtifactsOption,
): readonly ForgeError[] {
  return units
    .filter(({ node, endpoints }) => isPublicRegistry(node.ecosystem, endpoints))
    .flatMap((unit) => unit.artifacts.flatMap((artifact) => problemsOf(unit, artifact, options)));
}

function problemsOf(
  { node: { ecosystem, manifest } }: PublishUnit,
  { filename, size }: Artifact,
  options: ArtifactsOption,
): ForgeError[] {
  const where = { file: manifest.file };
  const { sizeLimit, tool } = ecosystem;
  const room = options[manifest.file]?.maxBytes ?? sizeLimit?.maxBytes ?? Infinity;
  const refused = tool.refused?.(filename);
  return [
    ...(refused
      ? [
          new ForgeError('FORGE-A015', {
            what: `\`${filename}\`: ${refused.what}`,
            where,
            fix: refused.fix,
          }),
        ]
      : []),
    ...(sizeLimit && size > room
      ? [new ForgeError('FORGE-A005', { ...tooLarge(filename, size, room, sizeLimit), where })]
      : []),
  ];
}

function tooLarge(
  filename: string,
  size: number,
  room: number,
  { raisable, source }: SizeLimit,
): { readonly what: string; readonly fix: string } {
  const fix = raisable
    ? `leave files out of the package, or ask the registry for more room (${source}) and tell of it by \`maxBytes\` in the option \`artifacts\``
    : `leave files out of the package: ${source}`;
  return {
    what: `\`${filename}\` has ${size} bytes, and its registry takes ${room} at most`,
    fix,
  };
}
