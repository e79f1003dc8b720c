import type { Place } from '../errors';

/** Something that a public registry takes no package without, and that a manifest does not say. */
export interface LackingField {
  /** For people, between backticks: one name, or several of which one is enough. */
  readonly field: string;
  /** What to write. */
  readonly fix: string;
  /** Where it belongs. */
  readonly where: Place;
  readonly frame?: string;
}
