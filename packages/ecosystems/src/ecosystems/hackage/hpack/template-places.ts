import type { FactPlace, RequirementPlace } from '../../../model';
import { candidateField } from '../cabal-file/description';
import { placeOf } from '../plan/places';
import type { Template } from './package-yaml';

/** Where a `package.yaml` has the version, and the candidate of it. */
export function templateVersion(template: Template | undefined): FactPlace[] {
  if (!template) return [];
  const candidate = template.document.find(['verbatim', candidateField]);
  const found = [
    { span: template.version, via: 'version' },
    { span: candidate, via: `verbatim.${candidateField}` },
  ];
  return found.flatMap(({ span, via }) =>
    span ? [placeOf(template.source, { start: span.contentStart, end: span.contentEnd }, via)] : [],
  );
}

export function templateRanges(template: Template | undefined): RequirementPlace[] {
  if (!template) return [];
  return template.ranges.map((range) => ({
    ...placeOf(template.source, range, range.via),
    name: range.name,
  }));
}
