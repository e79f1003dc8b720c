import { readFileSync } from 'node:fs';
import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import type { Node } from '@ruby/prism/src/nodes.js';
import { parsePrism } from '@ruby/prism/src/parsePrism.js';

export type { Node, ParseResult };

/** Bytes of UTF-8 from the start of the parsed text, as prism counts them. */
export interface Location {
  readonly startOffset: number;
  readonly length: number;
}

type Exports = Parameters<typeof parsePrism>[0];

/** The part of the global that is needed; TypeScript declares all of it only together with the DOM. */
declare const WebAssembly: {
  Module: {
    new (bytes: Uint8Array): object;
    imports(module: object): { readonly name: string }[];
  };
  Instance: new (module: object, imports: object) => { readonly exports: Exports };
  RuntimeError: new () => Error;
};

let prism: Exports | undefined;

/**
 * The syntax tree of a Ruby file; syntax errors stand in `errors`. The one place of this package that reads
 * a file: the wasm of the parser, its own code.
 */
export function parseRuby(text: string): ParseResult {
  if (text.length > longest) return failure('the file is too long to be one of a gem');
  try {
    return parse(text);
  } catch (error) {
    // Thousands of brackets within each other overflow the stack of the parser (a RuntimeError of
    // WebAssembly, after which the instance is of no use) or of its reader (a RangeError).
    if (!(error instanceof RangeError || error instanceof WebAssembly.RuntimeError)) throw error;
    prism = undefined;
    return failure(nestedTooDeeply);
  }
}

/** Half a million brackets or quotes cost seconds; a gemspec that lists ten thousand files is shorter. */
const longest = 2 ** 19;

function failure(message: string): ParseResult {
  const location = { startOffset: 0, length: 1 };
  const error = { type: 'unreadable', message, location, level: 'syntax' };
  return Object.assign(parse(''), { errors: [error] });
}

/** What is said of code that overflows a stack. */
export const nestedTooDeeply = 'the code is nested too deeply to be read' as const;

function parse(text: string): ParseResult {
  prism ??= instantiate();
  // The text is UTF-8 by now: a magic comment such as `# encoding: iso-8859-1` must not have it read otherwise.
  return parsePrism(prism, text, { encoding: false });
}

/**
 * `loadPrism` of @ruby/prism 1.9 is asynchronous and uses node:wasi, which prints an ExperimentalWarning in
 * every process. The parser calls none of its WASI imports, so empty functions do.
 */
function instantiate(): Exports {
  const wasm = readFileSync(require.resolve('@ruby/prism/src/prism.wasm'));
  const module = new WebAssembly.Module(new Uint8Array(wasm));
  const wasi = WebAssembly.Module.imports(module).map(({ name }) => [name, () => 0] as const);
  const imports = { wasi_snapshot_preview1: Object.fromEntries(wasi) };
  return new WebAssembly.Instance(module, imports).exports;
}
