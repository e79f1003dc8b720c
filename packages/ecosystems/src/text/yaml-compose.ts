import type { Document, ParsedNode } from 'yaml';

export type YamlOutcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: YamlProblem };

export interface YamlProblem {
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

export type YamlSyntax = Document.Parsed<ParsedNode>;

/** More than people write and less than what costs the `yaml` library (2.9) seconds: it recurses into each level. */
const deepest = 200;

/** Some 16,000 lines. Where every piece is an error, `yaml` takes seconds for as many and minutes for a million. */
const mostPieces = 100_000;

/**
 * The syntax tree of a file with exactly one document. Keys are not compared here: `uniqueKeys` of `yaml` 2.9 takes
 * quadratic time (14 s for 50,000 keys), and `prettyErrors` runs out of memory on lines of a million characters.
 */
export function composeYaml(text: string): YamlOutcome<YamlSyntax> {
  // Loaded on first use: most workspaces have no YAML to read.
  const { Composer, Lexer, Parser } = require('yaml') as typeof import('yaml');
  const parser = new Parser();
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const documents: YamlSyntax[] = [];
  let pieces = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if ((pieces += 1) > mostPieces) return tooLarge(parser.offset);
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > deepest) return nestedTooDeeply(parser.offset);
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, text.length));
  const [document, second] = documents;
  const error = document?.errors[0] ?? second?.errors[0];
  if (error) return problemAt(error.message, ...error.pos);
  if (second) return problemAt('it holds several documents', ...placeOf(second));
  return { ok: true, value: document as YamlSyntax };
}

function placeOf({ range: [start] }: YamlSyntax): [number, number] {
  return [start, start];
}

function tooLarge(at: number): YamlOutcome<never> {
  return problemAt('it goes on here, which is more than any manifest has', at, at);
}

function nestedTooDeeply(at: number): YamlOutcome<never> {
  return problemAt(`it is nested more than ${deepest} levels deep`, at, at);
}

function problemAt(message: string, start: number, end: number): YamlOutcome<never> {
  const reason = message.charAt(0).toLowerCase() + message.slice(1);
  return { ok: false, problem: { reason, start, end } };
}
