/** Offsets into the source text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A string as written: `plain` can be replaced in place, everything else only read or not even that. `sigil` is
 * `~s` and `~S`, `charlist` is `'a'` and `~c"a"`; `other` are sigils that make no text (`~r`, `~w`).
 */
export type TextForm =
  'plain' | 'escaped' | 'interpolated' | 'sigil' | 'charlist' | 'heredoc' | 'other';

export interface Text extends Span {
  readonly kind: 'text';
  /** The characters between the delimiters, escapes not resolved. */
  readonly value: string;
  readonly form: TextForm;
  /** Span of `value`. */
  readonly content: Span;
}

export interface Pair extends Span {
  readonly kind: 'pair';
  readonly key: string;
  readonly value: Expression;
}

export interface Call extends Span {
  readonly kind: 'call';
  /** `deps`, `File.read!`; for a bare name it may as well be a variable. */
  readonly name: string;
  readonly args: readonly Expression[];
  /** Statements of each section of a `do` block: do, else, rescue, ... */
  readonly sections: readonly (readonly Expression[])[];
}

/**
 * The part of Elixir's syntax that a mix.exs says its facts in. Keywords at the end of a call or a tuple
 * are gathered in one list, as Elixir itself does. What carries no facts is `other`.
 */
export type Expression =
  | Text
  | Pair
  | Call
  | (Span & { readonly kind: 'atom'; readonly value: string })
  | (Span & { readonly kind: 'alias'; readonly value: string })
  | (Span & { readonly kind: 'list'; readonly items: readonly Expression[] })
  | (Span & { readonly kind: 'tuple'; readonly items: readonly Expression[] })
  | (Span & { readonly kind: 'attribute'; readonly name: string; readonly value?: Expression })
  | (Span & {
      readonly kind: 'operation';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Span & { readonly kind: 'other' });

/** Thrown inside this folder only; `parseElixir` turns it into a value. */
export class SyntaxProblem extends Error {
  constructor(
    readonly what: string,
    readonly offset: number,
    readonly length = 1,
  ) {
    super(what);
  }
}

/** Deeper nesting than any person writes; a stack overflow would be a throw that no caller expects. */
export const maxDepth = 200;

export function tooDeep(offset: number): SyntaxProblem {
  return new SyntaxProblem('the expression is nested too deeply', offset);
}
