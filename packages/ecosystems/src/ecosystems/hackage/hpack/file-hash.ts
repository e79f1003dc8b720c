import { createHash } from 'node:crypto';
import { ForgeError } from '../../../errors';
import { fail, ok, type Edit, type Result, type Source } from '../../../model';
import { decodeSource, editAt, located, splice } from '../../../text';

const hashLine = /^-- hash: ([0-9a-f]{64})$/m;
/** Comments to the next line that is none, and the empty lines behind them. */
const header = /^-- This file has been generated from .*\n(?:--.*\n)*\n*/m;

/**
 * hpack 0.20 and later keep a hash of what they wrote (0.34: where there was one before), and write no file
 * again whose hash is wrong. So it moves with the edits. FORGE-M022 where it is wrong already.
 */
export function rehash(source: Source, edits: readonly Edit[]): Result<readonly Edit[]> {
  const written = hashLine.exec(source.text.slice(0, 1000));
  const [, old = ''] = written ?? [];
  if (!written || edits.length === 0) return ok([]);
  const start = written.index + '-- hash: '.length;
  if (hashOf(source) !== old) return fail(changedByHand(source, start, old.length));
  const bytes = splice(source, edits);
  const after = bytes.ok
    ? decodeSource(source.file, bytes.value, { toleratesLatin1: true })
    : bytes;
  if (!after.ok) return after;
  return ok([
    editAt(source, start, start + old.length, hashOf(after.value), 'hash of the generated file'),
  ]);
}

/** sha256 of the lines without the header (hpack 0.34.7); lines end as in Unix, whatever the checkout does. */
function hashOf({ text }: Source): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(header, '').replace(/\n?$/, '\n');
  return createHash('sha256').update(lines).digest('hex');
}

function changedByHand(source: Source, start: number, length: number): ForgeError {
  return new ForgeError('FORGE-M022', {
    what: `\`${source.file}\` was changed after hpack wrote it: its hash is wrong`,
    ...located(source, start, length),
    fix: 'carry the change over to `package.yaml`, and run `hpack --force`',
  });
}
