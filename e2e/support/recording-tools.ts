import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';

/** A start of a program as its wrapper saw it. */
export interface RecordedCall {
  readonly program: string;
  readonly argv: readonly string[];
  /** Names of the variables that it was given, not their values. */
  readonly variables: readonly string[];
}

export interface RecordingTools {
  /** A PATH on which the wrappers come first. */
  readonly path: string;
  /** Every call so far, in the order of names of their records. */
  calls(): readonly RecordedCall[];
  /** From now on a call that matches (`npm publish*`) kills its whole process group before it does anything. */
  killAt(program: string, firstArgument: string): void;
}

/** Every program that could publish, or that one of them starts by its name. */
const wrapped = [
  ...['cargo', 'npm', 'node', 'twine', 'uv', 'maturin', 'python3', 'pip', 'gem', 'ruby', 'bundle'],
  ...['mix', 'elixir', 'erl', 'rebar3', 'cabal', 'ghc', 'git', 'curl', 'printenv'],
];

/**
 * Puts a wrapper before each program that is on `path`: it writes down its arguments and the names of its variables,
 * one file a call, and becomes the program.
 */
export function recordTools(directory: string, path: string): RecordingTools {
  const [bin, records] = [join(directory, 'bin'), join(directory, 'calls')];
  const deadly = join(directory, 'deadly');
  for (const each of [bin, records]) mkdirSync(each, { recursive: true });
  for (const program of wrapped) {
    const real = path
      .split(delimiter)
      .map((at) => join(at, program))
      .find(isExecutable);
    if (real === undefined) continue;
    writeFileSync(join(bin, program), wrapper(program, real, records, deadly));
    chmodSync(join(bin, program), 0o755);
  }
  return {
    path: `${bin}${delimiter}${path}`,
    calls: () =>
      readdirSync(records)
        .sort()
        .map((file) => recordOf(readFileSync(join(records, file), 'utf8'))),
    killAt: (program, argument) => writeFileSync(deadly, `${program} ${argument}\n`),
  };
}

/** `ps` shows one process for wrapper and program: `exec`. Its group is that of whoever started the release. */
function wrapper(program: string, real: string, records: string, deadly: string): string {
  return `#!/bin/sh
record=$(mktemp '${records}/${program}-XXXXXXXX')
{
  printf '%s\\0' '${program}' "$@"
  printf '\\036'
  tr '\\0' '\\n' < /proc/self/environ | sed -n 's/^\\([A-Za-z_][A-Za-z0-9_]*\\)=.*/\\1/p'
} > "$record"
if [ -f '${deadly}' ] && [ "$(cat '${deadly}')" = "${program} $1" ]; then kill -KILL 0; fi
exec '${real}' "$@"
`;
}

function recordOf(text: string): RecordedCall {
  const [call = '', variables = ''] = text.split('\x1e');
  const [program = '', ...argv] = call.split('\0').slice(0, -1);
  return { program, argv, variables: variables.split('\n').filter(Boolean) };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or no program.
    return false;
  }
}
