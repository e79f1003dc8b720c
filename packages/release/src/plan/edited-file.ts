import {
  fail,
  holdsExpected,
  ok,
  overlappingEdit,
  staleEdit,
  type Edit,
  type ForgeError,
  type Result,
  type Source,
} from '@forge/ecosystems';

/** A span of the original file that somebody wants to be different. */
interface Place {
  readonly edit: Edit;
  /** What each owner wants to stand here; all must want the same. */
  readonly texts: Map<string, string>;
  /** How much longer than in the original file it is now, in bytes. */
  growth: number;
}

/**
 * A file whose edits come one by one. Files that a whole workspace shares (a workspace root, a lock file) are
 * edited by every package in turn: each turn costs one copy of the file, however many edits it has by then.
 */
export class EditedFile {
  private readonly owned = new Map<string, readonly Place[]>();
  private readonly known = new Map<string, Place>();
  private readonly changed = new Set<Place>();
  private places: Place[] = [];
  private bytes: Buffer;

  constructor(private readonly source: Source) {
    this.bytes = Buffer.from(source.bytes);
  }

  /** From now on these are the edits of this owner. */
  set(owner: string, edits: readonly Edit[]): void {
    for (const place of this.owned.get(owner) ?? []) {
      place.texts.delete(owner);
      this.changed.add(place);
    }
    const places = edits.map((edit) => this.placeOf(edit));
    places.forEach(({ texts }, at) => texts.set(owner, edits[at]?.newText ?? ''));
    this.owned.set(owner, places);
  }

  /** FORGE-M009 when the file does not hold what an edit expects, FORGE-M010 when two different edits touch. */
  content(): Result<Uint8Array> {
    if (this.changed.size === 0) return ok(this.bytes);
    // Nearly sorted already, which a merging sort takes in one pass.
    this.places.sort(byPosition);
    const touched = [...this.changed].sort(byPosition);
    this.drop(touched.filter(({ texts }) => texts.size === 0));
    const rest = touched.filter(({ texts }) => texts.size > 0);
    const problem =
      rest.map((place) => this.problemOf(place)).find(Boolean) ?? overlapAmong(this.places);
    if (problem) return fail(problem);
    this.rewrite(rest);
    this.changed.clear();
    return ok(this.bytes);
  }

  private placeOf(edit: Edit): Place {
    const key = keyOf(edit);
    const place = this.known.get(key) ?? { edit, texts: new Map<string, string>(), growth: 0 };
    if (!this.known.has(key)) this.places.push(place);
    this.known.set(key, place);
    this.changed.add(place);
    return place;
  }

  /** Nobody wants anything here any more: the original text comes back. */
  private drop(empty: readonly Place[]): void {
    if (empty.length === 0) return;
    this.rewrite(empty);
    for (const place of empty) {
      this.known.delete(keyOf(place.edit));
      this.changed.delete(place);
    }
    this.places = this.places.filter(({ texts }) => texts.size > 0);
  }

  private problemOf({ edit, texts }: Place): ForgeError | undefined {
    if (!holdsExpected(this.source, edit)) return staleEdit(edit);
    return new Set(texts.values()).size > 1 ? overlappingEdit(edit) : undefined;
  }

  /** `some` is sorted. Chunks are taken from the end, so that no position moves before it is used. */
  private rewrite(some: readonly Place[]): void {
    const positions = positionsOf(some, this.places);
    const chunks: Uint8Array[] = [];
    let end = this.bytes.length;
    for (const [at, place] of [...some.entries()].reverse()) {
      const { edit, texts } = place;
      const start = positions[at] ?? 0;
      const length = edit.end - edit.start;
      const [wanted = edit.expect] = texts.values();
      const text = Buffer.from(wanted, this.source.encoding);
      chunks.push(this.bytes.subarray(start + length + place.growth, end), text);
      place.growth = text.length - length;
      end = start;
    }
    this.bytes = Buffer.concat([...chunks, this.bytes.subarray(0, end)].reverse());
  }
}

function keyOf({ start, end, expect }: Edit): string {
  return `${start}-${end} ${expect}`;
}

function byPosition(a: Place, b: Place): number {
  return a.edit.start - b.edit.start || a.edit.end - b.edit.end;
}

/** Where `some` of the places stand in the file as it is now; both are sorted. */
function positionsOf(some: readonly Place[], places: readonly Place[]): number[] {
  const positions: number[] = [];
  let shift = 0;
  for (const place of places) {
    if (place === some[positions.length]) positions.push(place.edit.start + shift);
    shift += place.growth;
  }
  return positions;
}

function overlapAmong(places: readonly Place[]): ForgeError | undefined {
  const index = places.findIndex(({ edit }, at) => edit.start < (places[at - 1]?.edit.end ?? 0));
  const place = places[index];
  return place && overlappingEdit(place.edit);
}
