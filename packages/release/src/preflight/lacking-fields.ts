import { ForgeError, type LackingField, type Reader } from '@forge/ecosystems';
import { isPublicRegistry } from '../configuration/public-registry';
import type { PublishUnit } from '../plan/publish-unit';
import type { PreflightReport } from './report';

/**
 * FORGE-P021 for each field that the public registry demands and a manifest lacks: told there when its needs are live
 * already. Elsewhere it is a warning, since other registries may take the package.
 */
export function lackingFields(
  units: readonly PublishUnit[],
  reader: Reader | undefined,
): Partial<PreflightReport> {
  if (!reader) return {};
  const found = (unit: PublishUnit): ForgeError[] =>
    lackingIn(unit, reader).map((field) => problem(unit, field));
  const isPublic = ({ node, endpoints }: PublishUnit): boolean =>
    isPublicRegistry(node.ecosystem, endpoints);
  return {
    problems: units.filter(isPublic).flatMap(found),
    warnings: units.filter((unit) => !isPublic(unit)).flatMap(found),
  };
}

function lackingIn({ node }: PublishUnit, reader: Reader): readonly LackingField[] {
  const source = reader.read(node.manifest.file);
  return (source && node.ecosystem.format.lacking?.(source, reader)) ?? [];
}

function problem(
  { node: { ecosystem, manifest } }: PublishUnit,
  { field, ...place }: LackingField,
): ForgeError {
  const what = `\`${manifest.name}\` has no \`${field}\`, and ${ecosystem.title} takes no package without`;
  return new ForgeError('FORGE-P021', { what, ...place });
}
