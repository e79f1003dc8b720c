import type { LackingField, Source } from '../../model';
import { locatedSpan } from '../../text';
import { describe, fieldText } from './cabal-file/description';

/** Values with which nobody may use a package; without the field one of them is meant. */
const noLicense: ReadonlySet<string> = new Set(['', 'NONE', 'AllRightsReserved']);

/**
 * What Hackage refuses: the errors of `cabal check` that are about fields (Cabal 3.4, `PackageDistInexcusable`), and
 * packages that nobody may use. Without a category, a maintainer or a license file it only warns.
 */
export function lackingFields(source: Source): readonly LackingField[] {
  const described = describe(source);
  if (!described.ok) return [];
  const { elements, name } = described.value;
  const textOf = (field: string): string => fieldText(source.text, elements, field);
  const place = locatedSpan(source, name);
  const license = {
    field: 'license',
    fix: 'add `license`, an SPDX expression like `MIT`; Hackage takes open source only',
  };
  const summary = {
    field: 'synopsis` or `description',
    fix: 'add `synopsis`: a line on what the package is for',
  };
  return [
    ...(noLicense.has(textOf('license')) ? [{ ...license, ...place }] : []),
    ...(textOf('synopsis') + textOf('description') === '' ? [{ ...summary, ...place }] : []),
  ];
}
