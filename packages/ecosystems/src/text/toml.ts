import { ForgeError, type Place } from '../errors';
import { fail, ok, type Result } from '../model/result';
import type { Source } from '../model/source';
import { codeFrame } from './frame';

/** What a TOML document means. Tables have no prototype; integers beyond 2^53 are `bigint`. */
export interface TomlTable {
  readonly [key: string]: unknown;
}

/**
 * The meaning of a TOML file. FORGE-M001 for a file without content, FORGE-M002 with line, column and
 * frame for one that no TOML parser takes.
 */
export function parseToml(source: Source): Result<TomlTable> {
  const known = parsed.get(source);
  if (known) return known;
  const result = parse(source);
  parsed.set(source, result);
  return result;
}

/** Whoever loads a manifest, checks it and plans its edits asks for the same table, and none of them changes it. */
const parsed = new WeakMap<Source, Result<TomlTable>>();

function parse(source: Source): Result<TomlTable> {
  if (source.text.trim() === '') return fail(empty(source));
  // Loaded on first use: a workspace without TOML manifests does not pay for the parser.
  const toml = require('smol-toml') as typeof import('smol-toml');
  try {
    // smol-toml 1.9 throws on integers beyond 2^53 unless it may answer with bigint.
    return ok(toml.parse(source.text, { integersAsBigInt: 'asNeeded' }));
  } catch (error) {
    return fail(unparsable(source, error));
  }
}

function empty({ file }: Source): ForgeError {
  return new ForgeError('FORGE-M001', { what: `\`${file}\` is empty`, where: { file } });
}

/** smol-toml 1.9 throws errors with `line` and `column` and a message whose first line is the cause. */
function unparsable(source: Source, error: unknown): ForgeError {
  const { message, line, column } = error as Error & Partial<Record<'line' | 'column', number>>;
  const cause = (message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, '');
  const where: Place = {
    file: source.file,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
  const what = `\`${source.file}\` is not valid TOML: ${cause}`;
  return new ForgeError('FORGE-M002', { what, where, frame: codeFrame(source, where) });
}
