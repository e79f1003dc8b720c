import { ok, type FactPlace, type ManifestPlaces, type Result, type Source } from '../../model';
import { byteSpan } from '../../text';
import { needsOf, parseLines, versionOf } from './lines';

/** Where a toy says what it means: the very lines that `plan` edits. */
export function locate(source: Source): Result<ManifestPlaces> {
  const parsed = parseLines(source);
  if (!parsed.ok) return parsed;
  const { file, text } = source;
  const at = (start: number, end: number, via: string): FactPlace => ({
    file,
    span: byteSpan(source, start, end),
    text: text.slice(start, end),
    via,
  });
  const version = versionOf(parsed.value);
  return ok({
    version: version ? [at(version.start, version.end, 'version')] : [],
    requirements: needsOf(parsed.value).map(({ name, path, start, line: { end } }) => ({
      name,
      ...(path === undefined
        ? at(start, end, 'needs')
        : { file, text: null, via: 'needs', fixed: 'it is given by a path' }),
    })),
  });
}
