import type { FactPlace, ManifestPlaces, RequirementPlace, Source } from '../../model';
import { byteSpan } from '../../text';
import type { DependencyPlaces, Places, RequirementText, VersionPlace } from './places';
import { literalSpan, writtenText } from './ruby/literal-edit';
import { render, type Literal } from './ruby/value';
import { viaOf } from './version-via';

/** Where the facts of a gem stand, in this and in other files. */
export function locatePlaces(source: Source, { version, dependencies }: Places): ManifestPlaces {
  return {
    version: versionPlaces(source, version),
    requirements: dependencies.flatMap(requirementPlaces),
  };
}

function versionPlaces(source: Source, version: VersionPlace): FactPlace[] {
  const { literals, value, fixed } = version;
  const via = viaOf(source, version);
  const reason = fixed === undefined ? {} : { fixed };
  if (literals.length === 0) return [{ file: source.file, text: render(value), via, ...reason }];
  return literals.map((literal) => ({
    ...spanOf(literal),
    via: literals.length === 1 ? via : (literal.name ?? via),
    ...reason,
  }));
}

function requirementPlaces({ name, from, texts }: DependencyPlaces): RequirementPlace[] {
  const { file } = from.source;
  const via = from.method;
  if (texts.length === 0)
    return [{ name, file, text: null, via, fixed: 'it asks for any version' }];
  return texts.map((each) => ({ name, via, ...placeOf(each, file) }));
}

function placeOf(
  { value, literal, fixed }: RequirementText,
  file: string,
): Omit<FactPlace, 'via'> & Partial<Pick<FactPlace, 'via'>> {
  const reason = fixed === undefined ? {} : { fixed };
  if (!literal) return { file, text: render(value), ...reason };
  return {
    ...spanOf(literal),
    ...(literal.name === undefined ? {} : { via: literal.name }),
    ...reason,
  };
}

function spanOf(literal: Literal): Pick<FactPlace, 'file' | 'span' | 'text'> {
  const { source } = literal;
  const span = byteSpan(source, ...literalSpan(literal));
  return { file: source.file, span, text: writtenText(literal) };
}
