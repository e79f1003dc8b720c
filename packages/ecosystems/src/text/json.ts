import type { Node } from 'jsonc-parser';
import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model/result';
import type { Source } from '../model/source';
import { located } from './frame';

export type JsonPath = readonly (string | number)[];

/** Where a value stands, in offsets into `source.text`. */
export interface JsonSpan {
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
  /** For a string: the text between its quotes. For everything else: `start` and `end` again. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** True for a string without escapes, so that offsets into the value are offsets into the text. */
  readonly verbatim: boolean;
}

export interface JsonSpans {
  /** The value that a reader of the document gets: of duplicate keys the last one counts, escaped keys are decoded. */
  find(path: JsonPath): JsonSpan | undefined;
  /** The members of the object at `path`, each key once, in document order. Empty for everything else. */
  members(path: JsonPath): readonly { readonly key: string; readonly span: JsonSpan }[];
}

// Needed for spans and for the place of an error only: reading a thousand manifests never loads it.
const jsonc = (): typeof import('jsonc-parser') => require('jsonc-parser');
const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
const lenient = { ...strict, disallowComments: false, allowTrailingComma: true };

/** No manifest is nested like this; jsonc-parser 3.3 recurses into each level and runs out of stack at some 7,000. */
const deepest = 1000;

/** What a JSON document means. FORGE-M001 for an empty one, FORGE-M002 with place and frame for a broken one. */
export function parseJsonText(source: Source): Result<unknown> {
  if (source.text.trim() === '')
    return fail(
      new ForgeError('FORGE-M001', {
        what: `\`${source.file}\` is empty`,
        where: { file: source.file },
      }),
    );
  if (isTooDeep(source.text)) return fail(nestedTooDeeply(source));
  try {
    return ok(JSON.parse(source.text) as unknown);
  } catch {
    // The message of JSON.parse has no position in most cases (V8 of Node 20), so it is found again below.
    return fail(syntaxError(source));
  }
}

function syntaxError(source: Source): ForgeError {
  const errors: import('jsonc-parser').ParseError[] = [];
  jsonc().parse(source.text, errors, strict);
  const [first] = errors;
  if (!first)
    return new ForgeError('FORGE-M002', {
      what: `\`${source.file}\` is not valid JSON`,
      where: { file: source.file },
    });
  const reason = words(jsonc().printParseErrorCode(first.error));
  return new ForgeError('FORGE-M002', {
    what: `\`${source.file}\` is not valid JSON: ${reason}`,
    ...located(source, first.offset, Math.max(1, first.length)),
  });
}

function nestedTooDeeply({ file }: Source): ForgeError {
  const what = `\`${file}\` is nested more than ${deepest} levels deep`;
  return new ForgeError('FORGE-M002', { what, where: { file } });
}

function isTooDeep(text: string): boolean {
  // Counting is some ten times faster than looking, and no usual manifest gets beyond it.
  if (text.split('[').length + text.split('{').length <= deepest) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length && depth <= deepest; at += 1) {
    const character = text[at];
    if (character === '"') inString = !inString;
    // What is broken is looked at as well: a string ends with its line.
    else if (character === '\n' || character === '\r') inString = false;
    else if (inString) at += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
  }
  return depth > deepest;
}

/** `CloseBraceExpected` → `close brace expected`. */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase();
}

/**
 * Spans of a document that `parseJsonText` accepts. `lenient` is for what a tool writes as JSON with comments or
 * trailing commas; what cannot be parsed at all has no spans.
 */
export function jsonSpans(source: Source, { lenient: isLenient = false } = {}): JsonSpans {
  const known = isLenient ? lenientSpans : strictSpans;
  const spans = known.get(source) ?? scanSpans(source, isLenient);
  known.set(source, spans);
  return spans;
}

/** A file may be asked for by every package that it describes, or have a problem in every line. */
const [strictSpans, lenientSpans] = [
  new WeakMap<Source, JsonSpans>(),
  new WeakMap<Source, JsonSpans>(),
];

function scanSpans(source: Source, isLenient: boolean): JsonSpans {
  const isParsable = !isTooDeep(source.text);
  const options = isLenient ? lenient : strict;
  const root = isParsable ? jsonc().parseTree(source.text, [], options) : undefined;
  const keys = new WeakMap<Node, ReadonlyMap<string, Node>>();
  const members = (node: Node): ReadonlyMap<string, Node> => {
    const found = keys.get(node) ?? lastOfEachKey(node);
    keys.set(node, found);
    return found;
  };
  const child = (node: Node, step: string | number): Node | undefined => {
    if (typeof step === 'number') return node.type === 'array' ? node.children?.[step] : undefined;
    return node.type === 'object' ? members(node).get(step) : undefined;
  };
  const at = (path: JsonPath): Node | undefined =>
    path.reduce<Node | undefined>((node, step) => node && child(node, step), root);
  return {
    find(path) {
      const node = at(path);
      return node && spanOf(source, node);
    },
    members(path) {
      const node = at(path);
      if (node?.type !== 'object') return [];
      return [...members(node)].map(([key, value]) => ({ key, span: spanOf(source, value) }));
    },
  };
}

/** `findNodeAtLocation` of jsonc-parser 3.3 returns the first of duplicate keys; JSON.parse, and so every tool, the last. */
function lastOfEachKey(object: Node): Map<string, Node> {
  const values = new Map<string, Node>();
  for (const property of object.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key && value) values.set(key.value as string, value);
  }
  return values;
}

function spanOf(source: Source, node: Node): JsonSpan {
  const start = node.offset;
  const end = node.offset + node.length;
  const quote = node.type === 'string' ? 1 : 0;
  const [contentStart, contentEnd] = [start + quote, end - quote];
  const verbatim =
    node.type === 'string' && source.text.slice(contentStart, contentEnd) === node.value;
  return {
    start,
    end,
    contentStart,
    contentEnd,
    verbatim,
    // Objects are put together only for who asks: a lock file has tens of thousands.
    get value(): unknown {
      return node.children ? jsonc().getNodeValue(node) : node.value;
    },
  };
}
