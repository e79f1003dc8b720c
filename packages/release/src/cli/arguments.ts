import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ForgeError } from '@forge/ecosystems';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>
>;

/** Options and positionals of one command; FORGE-C001 for what it does not know. */
export function parseArguments<T extends Options>(argv: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw invalidArguments((error as Error).message);
  }
}

export function invalidArguments(what: string): ForgeError {
  return new ForgeError('FORGE-C001', { what, fix: 'see `forge-release --help`' });
}
