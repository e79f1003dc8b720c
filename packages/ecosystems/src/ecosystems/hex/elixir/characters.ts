/**
 * Where names and blanks end, by character codes: these two run for every token of every manifest, and a
 * pattern costs several times as much in a process that has just started.
 */
const ascii = 0x80;
const inName = new Uint8Array(ascii);
for (const each of '_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
  inName[each.charCodeAt(0)] = 1;

const code = (character: string): number => character.charCodeAt(0);
export const hash = code('#');
export const backslash = code('\\');
const [newline, space] = [code('\n'), code(' ')];
const [question, bang, equals] = [code('?'), code('!'), code('=')];
const unicodeName = /[\p{L}_][\p{L}\p{N}_]*/uy;

/** End of the name at `at`, which starts with a letter or `_`; `at` itself where none stands. */
export function nameEnd(source: string, at: number): number {
  let end = at;
  while (inName[source.charCodeAt(end)] === 1) end += 1;
  if (source.charCodeAt(end) >= ascii) {
    unicodeName.lastIndex = at;
    end = unicodeName.test(source) ? unicodeName.lastIndex : at;
  }
  const last = source.charCodeAt(end);
  const isMark = end > at && (last === question || last === bang);
  return isMark && source.charCodeAt(end + 1) !== equals ? end + 1 : end;
}

/** End of white space, comments and continued lines. */
export function blankEnd(source: string, at: number): number {
  let end = at;
  for (;;) {
    const found = source.charCodeAt(end);
    if (found === hash) end = lineEnd(source, end);
    else if (found <= space) end += 1;
    else if (found === backslash && /^\\\r?\n/.test(source.slice(end, end + 3))) end += 2;
    else return end;
  }
}

/** True for white space and for what may close a list: what stands after the colon of `name:`. */
export function endsKeyword(source: string, at: number): boolean {
  const found = source.charAt(at);
  return found <= ' ' ? found !== '' : ',)]}'.includes(found);
}

export function isUpper(source: string, at: number): boolean {
  const found = source.charCodeAt(at);
  return found < ascii ? found >= 0x41 && found <= 0x5a : /^\p{Lu}/u.test(source.charAt(at));
}

/** A line break between two places. */
export function hasLine(source: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (source.charCodeAt(at) === newline) return true;
  return false;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}
