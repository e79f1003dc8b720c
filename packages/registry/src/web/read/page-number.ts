/** The number of a page in an address; the first one for whatever is none. */
export function readPage(text: string | undefined): number {
  return readNumber(text) ?? 1;
}

/** A positive whole number in an address. */
export function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}
