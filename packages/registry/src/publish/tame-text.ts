/** At most so many characters of a text, which may be anything, as PostgreSQL takes them: no NUL, no half of a character. */
export function tameText(text: string, most: number): string {
  return text
    .replaceAll('\0', '')
    .slice(0, most)
    .replace(/\p{Surrogate}/gu, '\ufffd');
}
