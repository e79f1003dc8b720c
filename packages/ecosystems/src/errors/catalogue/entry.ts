export interface Entry {
  /** One line, as in the heading of docs/ERRORS.md. */
  readonly title: string;
  /** General advice; a call may give a better one for its case. */
  readonly fix: string;
}
