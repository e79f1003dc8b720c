import { ForgeError } from '../../errors';
import {
  all,
  fail,
  ok,
  type Edit,
  type ManifestChange,
  type Reader,
  type RequirementChange,
  type Result,
  type Source,
} from '../../model';
import { located, parseJsonText } from '../../text';
import { planLocks } from './locks';
import { findOffers } from './offers';
import { isObject, type JsonObject } from './package-json';
import { findPlaces, type PackagePlaces, type RequirementText } from './places';
import { platformPins } from './platform-pins';
import { requirement } from './requirement';
import { replacePlace } from './text-place';
import { versions } from './versions';

/** A requirement that reads differently from now on. */
export interface ChangedText {
  readonly text: RequirementText;
  readonly to: string;
}

type Wanted = Pick<RequirementChange, 'version' | 'policy'>;

/** Edits of this manifest, of what the workspace says of it, and of their copies in lock files. */
export function planEdits(
  source: Source,
  change: ManifestChange,
  reader: Reader,
): Result<readonly Edit[]> {
  const parsed = parseJsonText(source);
  if (!parsed.ok) return parsed;
  const json = isObject(parsed.value) ? parsed.value : {};
  const places = findPlaces(source, json, reader);
  const version =
    change.version === undefined ? ok([]) : setVersion(source, places, change.version);
  const texts = all([
    ...askedTexts(places.requirements, change.requirements ?? []),
    ...(change.version === undefined ? [] : ownTexts(source, json, places, change, reader)),
  ]);
  if (!version.ok || !texts.ok)
    return fail(...[version, texts].flatMap((each) => (each.ok ? [] : each.problems)));
  const changed = texts.value.flat();
  return ok([
    ...version.value,
    ...changed.map(editOf),
    ...planLocks(source, json, { change, texts: changed }, reader),
  ]);
}

function setVersion(
  source: Source,
  { version: place }: PackagePlaces,
  version: string,
): Result<readonly Edit[]> {
  if (!versions.isValid(version)) {
    const what = `\`${version}\` is not a SemVer version`;
    return fail(new ForgeError('FORGE-V001', { what }));
  }
  if (place === undefined)
    return fail(
      new ForgeError('FORGE-M005', {
        what: `\`${source.file}\` has no \`version\` to set`,
        ...located(source, Math.max(0, source.text.indexOf('{'))),
      }),
    );
  if (place.text === version) return ok([]);
  return ok([replacePlace(place, version, `version ${place.text} → ${version}`)]);
}

function askedTexts(
  texts: readonly RequirementText[],
  asked: readonly RequirementChange[],
): Result<readonly ChangedText[]>[] {
  const byName = new Map(asked.map((each) => [each.name, each]));
  return texts.map((text) => {
    const wanted = byName.get(text.name);
    return wanted ? rewriteText(text, wanted) : ok([]);
  });
}

/** What follows from the own version alone. */
function ownTexts(
  source: Source,
  json: JsonObject,
  { requirements }: PackagePlaces,
  change: ManifestChange,
  reader: Reader,
): Result<readonly ChangedText[]>[] {
  const own = { name: String(json['name']), version: String(json['version']) };
  const wanted: Wanted = { version: String(change.version), policy: 'violated' };
  const asked = new Set(change.requirements?.map(({ name }) => name));
  const { inRoot, inCatalogs } = findOffers(source, json, reader);
  const pins = platformPins(requirements, own).filter(({ name }) => !asked.has(name));
  return [
    ...[...pins, ...inRoot].map((text) => rewriteText(text, wanted)),
    // Dependents edit catalogs too, and by their own policy: where policies differ, it is for them to say.
    ...inCatalogs
      .filter(isSameByAnyPolicy(wanted.version))
      .map((text) => rewriteText(text, wanted)),
  ];
}

function isSameByAnyPolicy(version: string): (text: RequirementText) => boolean {
  const rewritten = (text: string, policy: Wanted['policy']): string | undefined => {
    const result = requirement.rewrite(text, version, policy);
    return result.ok ? result.value : undefined;
  };
  return ({ place: { text } }) =>
    rewritten(text, 'violated') === rewritten(text, 'always') ||
    rewritten(text, 'violated') === undefined;
}

function rewriteText(
  text: RequirementText,
  { version, policy }: Wanted,
): Result<readonly ChangedText[]> {
  const { place, kind } = text;
  if (place.fixed !== undefined && place.refusal === undefined) return ok([]);
  // Users of a package choose among the branches of a peer range: it only ever gets wider.
  const isChoice = kind === 'peer' && place.text.includes('||');
  const rewritten = requirement.rewrite(place.text, version, isChoice ? 'violated' : policy);
  if (!rewritten.ok) return fail(...rewritten.problems.map((problem) => problemAt(text, problem)));
  if (rewritten.value === place.text) return ok([]);
  if (place.refusal === undefined) return ok([{ text, to: rewritten.value }]);
  const what = `\`${text.name}\` has to become \`${rewritten.value}\`, but ${place.fixed}`;
  return fail(problemAt(text, new ForgeError(place.refusal, { what })));
}

function editOf({ text: { name, place }, to }: ChangedText): Edit {
  return replacePlace(place, to, { dependency: name, from: place.text, to });
}

function problemAt({ place }: RequirementText, { code, what, fix }: ForgeError): ForgeError {
  const { source, start, end } = place;
  return new ForgeError(code, { what, fix, ...located(source, start, end - start) });
}
