import {
  editAt,
  fail,
  ForgeError,
  jsonSpans,
  located,
  ok,
  parseJsonText,
  type Edit,
  type Result,
  type Source,
} from '@forge/ecosystems';
import type { FollowerPlace } from '../../configuration/followers';
import { jsonInsertion, jsonPathOf } from './json-insertion';
import { firstVersion, isVersion, versionsIn, type FoundVersion } from './version-run';

/** A place in a file, and the version that has to stand there. */
export interface WantedVersion {
  readonly place: FollowerPlace;
  readonly version: string;
}

/**
 * Edits that put the version at its place; none where it stands there already. FORGE-C007 where the file has no
 * such place.
 */
export function followerEdits(
  source: Source,
  { place, version }: WantedVersion,
): Result<readonly Edit[]> {
  if (place.kind === 'pointer') return pointerEdits(source, place.path, version);
  const found =
    place.kind === 'pattern'
      ? versionsIn(source.text, place.alternatives)
      : [firstVersion(source.text)].filter((each) => each !== undefined);
  if (found.length === 0) return fail(nothingFound(source, place));
  return ok(found.flatMap((each) => replace(source, each, version)));
}

function replace(source: Source, { text, start, end }: FoundVersion, version: string): Edit[] {
  if (text === version) return [];
  return [editAt(source, start, end, version, `${text} → ${version}`)];
}

function pointerEdits(
  source: Source,
  steps: readonly string[],
  version: string,
): Result<readonly Edit[]> {
  const document = parseJsonText(source);
  if (!document.ok) return document;
  const pointer = `/${steps.join('/')}`;
  const span = jsonSpans(source).find(jsonPathOf(document.value, steps));
  if (!span) {
    const insertion = jsonInsertion(source, steps, version);
    if (!insertion) return fail(blocked(source, pointer));
    const { at, text } = insertion;
    return ok([editAt(source, at, at, text, `${pointer} ${version}`)]);
  }
  const { value, contentStart: start, contentEnd: end } = span;
  if (typeof value !== 'string' || !isVersion(value))
    return fail(noVersion(source, pointer, { start: span.start, length: span.end - span.start }));
  return ok(replace(source, { text: value, start, end }, version));
}

function nothingFound({ file }: Source, place: FollowerPlace): ForgeError {
  const what =
    place.kind === 'pattern'
      ? `nothing in \`${file}\` matches \`${place.alternatives.join('|')}\``
      : `\`${file}\` holds no version`;
  return new ForgeError('FORGE-C007', { what, where: { file } });
}

function blocked({ file }: Source, pointer: string): ForgeError {
  return new ForgeError('FORGE-C007', {
    what: `\`${file}\` has no object that could hold \`${pointer}\``,
    where: { file },
  });
}

function noVersion(
  source: Source,
  pointer: string,
  { start, length }: { readonly start: number; readonly length: number },
): ForgeError {
  return new ForgeError('FORGE-C007', {
    what: `\`${pointer}\` of \`${source.file}\` is no version and would have to be guessed at`,
    ...located(source, start, length),
    fix: 'point at a version, or give a `pattern` that says what stands around it',
  });
}
