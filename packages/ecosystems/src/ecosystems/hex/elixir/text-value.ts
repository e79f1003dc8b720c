import { readable } from './keywords';
import { boundByOk, isCall } from './module';
import { findPath } from './path-value';
import { piped } from './pipe';
import { resolve, type Scope } from './resolve';
import type { Call, Expression, Span, Text, TextForm } from './syntax';

/** What a text expression says: where it is written, as far as that can be told without a run. */
export type TextValue =
  | { readonly from: 'literal'; readonly text: Text; readonly via?: string }
  /** `path` is relative to the directory that Mix runs in, the manifest's own. */
  | { readonly from: 'file'; readonly path: string; readonly at: Span; readonly via?: string }
  /** `"~> #{@version}"`, `"~> " <> @version` */
  | {
      readonly from: 'joined';
      readonly parts: readonly (string | TextValue)[];
      readonly at: Span;
      readonly via?: string;
    }
  /** `why` it is not known without a run, where that can be told. */
  | { readonly from: 'computed'; readonly at: Span; readonly why?: string };

/** Functions that give their first argument back, but for white space and its kind of text. */
const passing =
  /^(?:String\.trim(?:_trailing|_leading)?|to_string|Kernel\.to_string|List\.to_string|String\.Chars\.to_string|:erlang\.list_to_binary)$/;
/** What a second argument may say: line ends and white space, as they are escaped. */
const onlyBlanks = /^(?:\\[nrts]|\s)*$/;
/** Why the characters of a form are not what the text says. */
const unread: Readonly<Partial<Record<TextForm, string>>> = {
  escaped: 'it is written with escapes',
  heredoc: 'it is written as a heredoc',
  other: 'it is written as a sigil that is no text',
};
/** A name between the braces of an interpolation. */
const name = /^\s*(@?)([a-z_]\w*[?!]?)(?:\(\))?\s*$/;
/** More steps than any version is away from its text; names that stand for each other in a circle end there. */
const maxSteps = 100;

export function findText(expression: Expression, scope: Scope): TextValue {
  return new Search().find(expression, scope);
}

class Search {
  private steps = 0;

  find(expression: Expression, scope: Scope): TextValue {
    this.steps += 1;
    const { expression: found, scope: within, via } = resolve(expression, scope);
    const value = piped(found);
    if (this.steps > maxSteps) return computed(value);
    const text = this.textOf(value, within);
    return via === undefined || text.from === 'computed' ? text : { ...text, via };
  }

  private textOf(value: Expression, scope: Scope): TextValue {
    if (value.kind === 'text') return this.literal(value, scope);
    if (value.kind === 'call') return this.resultOf(value, scope);
    if (value.kind !== 'operation') return computed(value);
    const { operator, left, right } = value;
    if (operator === '||' && isCall(left, 'System.get_env')) return this.find(right, scope);
    if (operator !== '<>') return computed(value);
    return joined([this.find(left, scope), this.find(right, scope)], value);
  }

  private literal(text: Text, scope: Scope): TextValue {
    if (text.form === 'interpolated') return this.interpolated(text, scope);
    return readable.has(text.form) ? { from: 'literal', text } : computed(text, unread[text.form]);
  }

  private interpolated(text: Text, scope: Scope): TextValue {
    const parts: (string | TextValue)[] = [];
    let at = 0;
    for (const { 0: hole, 1: inner = '', index } of text.value.matchAll(/#\{([^{}]*)\}/g)) {
      const named = nameAt(inner, text.content.start + index);
      if (!named || this.steps > maxSteps) return computed(text);
      parts.push(text.value.slice(at, index), this.find(named, scope));
      at = index + hole.length;
    }
    parts.push(text.value.slice(at));
    const isRead = parts.every((part) => typeof part !== 'string' || !/#\{|\\/.test(part));
    return isRead ? joined(parts, text) : computed(text);
  }

  private resultOf(call: Call, scope: Scope): TextValue {
    const [first, second] = call.args;
    if (first && passing.test(call.name) && (!second || isBlank(second)))
      return this.find(first, scope);
    if (call.name === 'System.get_env' && second) return this.find(second, scope);
    if (call.name === 'case' || call.name === 'with') return this.readOf(call, scope);
    const path = call.name === 'File.read!' && first ? findPath(first, scope) : undefined;
    return path === undefined ? computed(call) : { from: 'file', path, at: call };
  }

  /** `case File.read(path) do {:ok, text} -> ...`, and `with {:ok, text} <- File.read(path) do ...`. */
  private readOf(call: Call, scope: Scope): TextValue {
    const [subject] = call.args;
    const [section = []] = call.sections;
    const isMatch = subject?.kind === 'operation' && subject.operator === '<-';
    const read = subject && piped(isMatch ? subject.right : subject);
    const clauses =
      call.name === 'with'
        ? [{ pattern: isMatch ? subject.left : undefined, result: section }]
        : section.map((each) => ({
            pattern: each.kind === 'operation' ? each.left : undefined,
            result: each.kind === 'operation' ? [each.right] : [],
          }));
    for (const { pattern, result } of clauses) {
      const bound = boundByOk(pattern, read);
      const last = result.at(-1);
      if (!bound || !last || call.args.length > 1) continue;
      const locals = new Map([...scope.locals, [bound.name, [bound.value]] as const]);
      return this.find(last, { module: scope.module, locals });
    }
    return computed(call);
  }
}

function nameAt(inner: string, start: number): Expression | undefined {
  const [, sign, called = ''] = name.exec(inner) ?? [];
  if (sign === undefined) return undefined;
  const span = { start, end: start + inner.length };
  return sign === '@'
    ? { kind: 'attribute', name: called, ...span }
    : { kind: 'call', name: called, args: [], sections: [], ...span };
}

function isBlank(expression: Expression): boolean {
  return expression.kind === 'text' && onlyBlanks.test(expression.value);
}

/** A text of one part is that part: `"#{@version}"`. */
function joined(parts: readonly (string | TextValue)[], { start, end }: Span): TextValue {
  const [only, ...others] = parts.filter((part) => part !== '');
  if (only !== undefined && typeof only !== 'string' && others.length === 0) return only;
  return { from: 'joined', parts, at: { start, end } };
}

function computed({ start, end }: Span, why?: string): TextValue {
  return { from: 'computed', at: { start, end }, ...(why === undefined ? {} : { why }) };
}
