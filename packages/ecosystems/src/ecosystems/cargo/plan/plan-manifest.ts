import { posix } from 'node:path';
import { ForgeError } from '../../../errors';
import {
  all,
  allFlat,
  fail,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type RequirementChange,
  type Result,
  type Source,
} from '../../../model';
import {
  editAt,
  locatedSpan,
  parseToml,
  tomlSpans,
  type EditReason,
  type TomlTable,
} from '../../../text';
import { lockEdits } from './lock-edits';
import { crateName } from '../names';
import { findPlaces, type CratePlaces, type TextPlace } from './places';
import { problemAt } from '../manifest/read-manifest';
import { packageKey, valueAt } from '../manifest/tables';
import { isVersion } from '../version-text';
import { versions } from '../versions';

/** Edits of this manifest, of the workspace root it inherits from, and of the lock file's own entries. */
export function planManifest(
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const parsed = parseToml(source);
  if (!parsed.ok) return parsed;
  const table = parsed.value;
  const places = findPlaces(source, table, reader);
  const planned = all([
    ...(change.version === undefined
      ? []
      : [
          setVersion(source, table, places, change.version),
          setOwn(source, places, change.version),
        ]),
    setRequirements(places, change.requirements ?? []),
  ]);
  if (!planned.ok) return planned;
  return ok([...planned.value.flat(), ...lockEdits({ source, table, places }, change, reader)]);
}

function setVersion(
  source: Source,
  table: TomlTable,
  { version: place }: CratePlaces,
  version: string,
): Result<readonly Edit[]> {
  if (!isVersion(version)) {
    const what = `\`${version}\` is not a SemVer version`;
    return fail(new ForgeError('FORGE-V001', { what }));
  }
  const own = packageKey(table);
  if (table[own] === undefined) return fail(noPackage(source));
  if (place?.span)
    return replaceText(place, version, `version ${textOf(place).trim()} → ${version}`);
  if (place) {
    const what = `\`${place.path.join('.')}\` is not a text that can be edited`;
    return fail(problemAt('FORGE-M006', place.source, place.path, what));
  }
  if (valueAt(table, own, 'version') === undefined) return fail(noVersion(source, own));
  const what = `\`${own}.version\` is inherited from a workspace that does not have it`;
  return fail(problemAt('FORGE-M012', source, [own, 'version', 'workspace'], what));
}

function noVersion(source: Source, own: string): ForgeError {
  const what = `\`[${own}]\` in \`${source.file}\` has no \`version\``;
  const header = tomlSpans(source).header([own]);
  return new ForgeError('FORGE-M005', { what, ...locatedSpan(source, header) });
}

function noPackage({ file }: Source): ForgeError {
  const what = `\`${file}\` is a workspace root without a package of its own`;
  const fix = 'set the version of the members: one that they inherit moves with them';
  return new ForgeError('FORGE-M005', { what, fix, where: { file } });
}

/** What asks for this very package by its path: its own tests, and what the root offers, used or not. */
function setOwn(
  { file }: Source,
  { requirements, offers }: CratePlaces,
  version: string,
): Result<readonly Edit[]> {
  const directory = posix.dirname(file);
  const own = [...requirements, ...offers].filter((place) => place.directory === directory);
  return edited(own, { version, policy: 'violated' });
}

function setRequirements(
  { requirements, offers }: CratePlaces,
  wanted: readonly RequirementChange[],
): Result<readonly Edit[]> {
  const meant = new Map<string, TextPlace[]>(wanted.map(({ name }) => [crateName(name), []]));
  for (const place of [...requirements, ...offers]) meant.get(crateName(place.name))?.push(place);
  return allFlat(wanted.map((each) => edited(meant.get(crateName(each.name)) ?? [], each)));
}

function edited(
  places: readonly TextPlace[],
  { version, policy }: Pick<RequirementChange, 'version' | 'policy'>,
): Result<readonly Edit[]> {
  return allFlat(places.map((place) => editedPlace(place, version, policy)));
}

function editedPlace(
  place: TextPlace,
  version: string,
  policy: RequirementChange['policy'],
): Result<readonly Edit[]> {
  if (place.fixed !== undefined) return ok([]);
  const from = place.stated ?? textOf(place);
  const rewritten = versions.requirement.rewrite(from, version, policy);
  if (rewritten.ok && rewritten.value === from) return ok([]);
  const { span, source } = place;
  if (!span) return ok([]);
  if (rewritten.ok) {
    const reason = { dependency: place.name, from, to: rewritten.value };
    return replaceText(place, rewritten.value, reason);
  }
  const where = locatedSpan(source, span);
  return fail(
    ...rewritten.problems.map(({ code, what }) => new ForgeError(code, { what, ...where })),
  );
}

/** What the string says: as written, so that its line ends stay, unless it is written with escapes. */
function textOf({ source, span }: TextPlace): string {
  if (!span) return '';
  return span.escaped ? (span.value ?? '') : source.text.slice(span.contentStart, span.contentEnd);
}

/** Replaces the content of a string inside its quotes, whatever quotes they are. */
function replaceText(place: TextPlace, text: string, reason: EditReason): Result<readonly Edit[]> {
  const { source, span } = place;
  if (!span || textOf(place) === text) return ok([]);
  return ok([editAt(source, span.contentStart, span.contentEnd, text, reason)]);
}
