const number = '(?:0|[1-9]\\d*)';
const identifier = `(?:${number}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
const pattern = new RegExp(
  `^${number}\\.${number}\\.${number}(?:-${identifier}(?:\\.${identifier})*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);

/** What Elixir's `Version.parse/1` takes: SemVer 2, three parts, no `v`. Kept apart, so that reading needs no library. */
export function isVersion(text: string): boolean {
  return pattern.test(text);
}
