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

/** What a JSON document means. FORGE-M001 for an empty one, FORGE-M002 with place and frame for a broken one. */
export function parseJsonText(source: Source): Result<unknown> {
  if (source.text.trim() === '')
    return fail(
      new ForgeError('FORGE-M001', {
        what: `\`${source.file}\` is empty`,
        where: { file: source.file },
      }),
    );
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

/** `CloseBraceExpected` → `close brace expected`. */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase();
}

/** Spans of a document that `parseJsonText` accepts. */
export function jsonSpans(source: Source): JsonSpans {
  const root = jsonc().parseTree(source.text, [], strict);
  const at = (path: JsonPath): Node | undefined =>
    path.reduce<Node | undefined>((node, step) => node && child(node, step), root);
  return {
    find(path) {
      const node = at(path);
      return node && span(source, node);
    },
    members(path) {
      const node = at(path);
      if (node?.type !== 'object') return [];
      return [...lastOfEachKey(node)].map(([key, value]) => ({ key, span: span(source, value) }));
    },
  };
}

function child(node: Node, step: string | number): Node | undefined {
  if (typeof step === 'number') return node.type === 'array' ? node.children?.[step] : undefined;
  return node.type === 'object' ? lastOfEachKey(node).get(step) : undefined;
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

function span(source: Source, node: Node): JsonSpan {
  const start = node.offset;
  const end = node.offset + node.length;
  const quote = node.type === 'string' ? 1 : 0;
  const [contentStart, contentEnd] = [start + quote, end - quote];
  const verbatim =
    node.type === 'string' && source.text.slice(contentStart, contentEnd) === node.value;
  const value: unknown = jsonc().getNodeValue(node);
  return { value, start, end, contentStart, contentEnd, verbatim };
}
