import {
  all,
  allFlat,
  decodeSource,
  fail,
  ForgeError,
  ok,
  type Ecosystem,
  type Reader,
  type Result,
} from '@forge/ecosystems';
import type { Follower, FollowerPlace } from '../../configuration/followers';
import type { ExplainedEdit } from '../manifest-edits';
import { spellNative } from '../target';
import { followerEdits } from './follower-edits';

/** A version place outside of what an ecosystem reads, and what has to stand there. */
export interface TextPlace {
  readonly file: string;
  readonly place: FollowerPlace;
  readonly version: string;
  readonly why: string;
}

/** The places of followers whose group moves, each with its spelling. FORGE-V002 for what cannot be spelled. */
export function placesOf(
  followers: readonly Follower[],
  versions: ReadonlyMap<string, string>,
  ecosystems: readonly Ecosystem[],
): Result<readonly TextPlace[]> {
  return all(
    followers.flatMap((follower) => {
      const canonical = versions.get(follower.group);
      return canonical === undefined ? [] : [placeOf(follower, canonical, ecosystems)];
    }),
  );
}

function placeOf(
  { group, file, place, ecosystem: id }: Follower,
  canonical: string,
  ecosystems: readonly Ecosystem[],
): Result<TextPlace> {
  const ecosystem = ecosystems.find((each) => each.id === id);
  const spelled = ecosystem ? spellNative({ ecosystem }, canonical) : ok(canonical);
  const why = `follows \`${group}\``;
  return spelled.ok ? ok({ file, place, version: spelled.value, why }) : spelled;
}

export function textEdits(
  places: readonly TextPlace[],
  reader: Reader,
): Result<readonly ExplainedEdit[]> {
  return allFlat(
    places.map(({ file, why, ...wanted }) => {
      const source = reader.read(file);
      if (!source) return fail(missing(file));
      const found = followerEdits(source, wanted);
      return found.ok ? ok(found.value.map((edit) => ({ edit, why }))) : found;
    }),
  );
}

/** FORGE-M011 for places that do not say what they should once all edits are made. */
export function readBackPlaces(
  places: readonly TextPlace[],
  contents: ReadonlyMap<string, Uint8Array>,
): readonly ForgeError[] {
  return places.flatMap(({ file, ...wanted }) => {
    const bytes = contents.get(file);
    if (!bytes) return [];
    const source = decodeSource(file, bytes, { toleratesLatin1: true });
    const again = source.ok ? followerEdits(source.value, wanted) : source;
    if (again.ok && again.value.length === 0) return [];
    const what = `\`${file}\` does not read back \`${wanted.version}\` where it follows`;
    return [new ForgeError('FORGE-M011', { what, where: { file } })];
  });
}

/** FORGE-C006 */
function missing(file: string): ForgeError {
  const what = `\`${file}\` has to record a version and does not exist`;
  return new ForgeError('FORGE-C006', { what, where: { file } });
}
