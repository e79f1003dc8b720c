/** Characters of TOML by their UTF-16 units; beyond the end of a text there is `NaN`, which is none of them. */

export const hash = 0x23;
export const backslash = 0x5c;

export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

export function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** A letter, a digit, `_` or `-`. */
export function isBare(code: number): boolean {
  const lower = code | 0x20;
  return (
    (lower >= 0x61 && lower <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d
  );
}

/** A comma, a closing bracket, a comment or the end of the line. */
export function endsScalar(code: number): boolean {
  return code === 0x2c || code === 0x5d || code === 0x7d || code === hash || isLineEnd(code);
}
