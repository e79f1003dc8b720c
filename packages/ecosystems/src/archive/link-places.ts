/** A place in an archive, with those inside it that lead to a symbolic link. */
interface Place {
  isLink: boolean;
  readonly inside: Map<string, Place>;
}

/** Where the symbolic links of an archive stand. Paths are told by their steps from the top. */
export interface LinkPlaces {
  /** Whether one of the steps, or the top itself, is a link. `..` goes one back. */
  areMet(steps: readonly string[]): boolean;
}

/** More than any package has. Each takes some hundred bytes of memory, and a few packed bytes can tell of millions. */
const most = 50_000;

/** Undefined where these are too many. */
export function linkPlaces(links: readonly (readonly string[])[]): LinkPlaces | undefined {
  const top: Place = { isLink: false, inside: new Map() };
  let known = 1;
  for (const steps of links) {
    let place = top;
    for (const step of steps) {
      const next = place.inside.get(step) ?? { isLink: false, inside: new Map<string, Place>() };
      if (!place.inside.has(step) && ++known > most) return undefined;
      place.inside.set(step, next);
      place = next;
    }
    place.isLink = true;
  }
  return { areMet: (steps) => areMet(top, steps) };
}

/** Goes the way once: paths can be long, and many. */
function areMet(top: Place, steps: readonly string[]): boolean {
  if (top.isLink) return true;
  const way: (Place | undefined)[] = [top];
  for (const step of steps) {
    if (step === '..') way.pop();
    else way.push(way.at(-1)?.inside.get(step));
    if (way.at(-1)?.isLink) return true;
  }
  return false;
}
