import type { Source } from '../../../model';
import type { TomlPath, TomlSpans } from '../../../text';
import type { TextPlace } from './places';

export type SpansOf = (source: Source) => TomlSpans;

/** A requirement stands in `version`, or is the whole entry. */
export function requirementText(
  source: Source,
  base: TomlPath,
  spansOf: SpansOf,
): Pick<TextPlace, 'source' | 'path' | 'span'> {
  const spans = spansOf(source);
  for (const path of [[...base, 'version'], base]) {
    const span = spans.find(path);
    if (span?.kind === 'string') return { source, path, span };
  }
  return { source, path: base };
}
