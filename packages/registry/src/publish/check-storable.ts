import { ForgeError, type Json, type WireUpload } from '@forge/ecosystems';

/** Deeper than any manifest, and far from the end of any stack. */
const deepest = 64;
/** What file systems take of a name, and an index of a database in any case. */
const longest = 255;

/** FORGE-R091 for what neither a database nor a file system keeps as it is. */
export function findUnstorable(upload: WireUpload): ForgeError | undefined {
  const { name, version, files, metadata, tags = {} } = upload;
  const filenames = files.map(({ filename }) => filename);
  const wrong =
    (filenames.some(isLong) ? `a file has a name of more than ${longest} bytes` : undefined) ??
    (Object.keys(tags).some(isLong) ? `a tag has more than ${longest} bytes` : undefined) ??
    whatIsWrong({ name, version, filenames, tags }, 0) ??
    whatIsWrong(metadata, 0);
  return wrong === undefined ? undefined : new ForgeError('FORGE-R091', { what: wrong });
}

function isLong(text: string): boolean {
  return Buffer.byteLength(text) > longest;
}

function whatIsWrong(value: Json, depth: number): string | undefined {
  if (typeof value === 'string') return isKept(value) ? undefined : unkeepable;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === deepest) return `its data are nested deeper than ${deepest} levels`;
  for (const [key, inside] of Object.entries(value)) {
    const wrong = isKept(key) ? whatIsWrong(inside as Json, depth + 1) : unkeepable;
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const unkeepable = 'a text of it has a NUL or half of a character';

function isKept(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}
