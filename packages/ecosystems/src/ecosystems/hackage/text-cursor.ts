/** Where the reading of a text has got to. */
export interface TextCursor {
  readonly text: string;
  at: number;
}

/**
 * Takes what a sticky pattern matches here, nothing where it does not. `test` and a slice instead of `exec`: no
 * match object, which halves the time of reading.
 */
export function take(cursor: TextCursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  if (!pattern.test(cursor.text)) return '';
  const start = cursor.at;
  cursor.at = pattern.lastIndex;
  return cursor.text.slice(start, cursor.at);
}
