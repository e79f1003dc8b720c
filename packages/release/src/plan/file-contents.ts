import {
  all,
  fail,
  ForgeError,
  ok,
  splice,
  type Edit,
  type Reader,
  type Result,
} from '@forge/ecosystems';
import { groupBy } from '../graph/group-by';

/** New contents of all files that have edits. FORGE-M009 and FORGE-M010, all problems together. */
export function fileContents(
  edits: readonly Edit[],
  reader: Reader,
): Result<ReadonlyMap<string, Uint8Array>> {
  const contents = all([...groupBy(edits, ({ file }) => file)].map(contentOf));
  return contents.ok ? ok(new Map(contents.value)) : contents;

  function contentOf([file, own]: [string, Edit[]]): Result<readonly [string, Uint8Array]> {
    const source = reader.read(file);
    const bytes = source ? splice(source, own) : fail(goneError(file));
    return bytes.ok ? ok([file, bytes.value] as const) : bytes;
  }
}

/** FORGE-M009 */
export function goneError(file: string): ForgeError {
  return new ForgeError('FORGE-M009', { what: `\`${file}\` is gone`, where: { file } });
}
