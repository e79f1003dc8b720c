import { posix } from 'node:path';
import { boundAt, localsOf, type Binding, type Module } from './module';
import type { Call, Expression, Text } from './syntax';

/** Where an expression stands: what its names mean. */
export interface Scope {
  readonly module: Module;
  readonly locals: readonly Binding[];
}

export interface Resolved {
  readonly expression: Expression;
  readonly scope: Scope;
  /** The name that stands for it, for people: `@version`, `deps/0`. */
  readonly via?: string;
}

/** Longest chain of names that stand for each other; a cycle ends there. */
const maxHops = 32;
/** Functions whose result holds the elements of their arguments. */
const collecting = /^(Enum|List|Keyword)\.\w/;
const branching = new Set(['if', 'unless', 'case', 'cond']);

/** Follows attributes, variables and functions without parameters to what they stand for. */
export function resolve(expression: Expression, scope: Scope): Resolved {
  let found: Resolved = { expression, scope };
  for (let hop = 0; hop < maxHops; hop += 1) {
    const next = step(found);
    if (!next) return found;
    found = next;
  }
  return found;
}

function step({ expression, scope }: Resolved): Resolved | undefined {
  if (expression.kind === 'attribute' && !expression.value) {
    const value = boundAt(scope.module.attributes, expression.name, expression.start);
    return value && { expression: value, scope, via: `@${expression.name}` };
  }
  if (expression.kind !== 'call' || expression.args.length + expression.sections.length > 0)
    return undefined;
  const local = boundAt(scope.locals, expression.name, expression.start);
  if (local) return { expression: local, scope, via: expression.name };
  const clauses = scope.module.functions.get(expression.name) ?? [];
  const [only] = clauses;
  if (!only || clauses.length > 1) return undefined;
  const result = only.body.at(-1);
  const inside = { module: scope.module, locals: localsOf(only.body) };
  return result && { expression: result, scope: inside, via: `${expression.name}/0` };
}

/**
 * Elements of a list that is put together from literals, names, `++`, conditions and clauses. Branches count
 * all: which one a run takes is not known, and an editor must see every one of them.
 */
export function elements(
  expression: Expression,
  scope: Scope,
  path: readonly Expression[] = [],
): readonly Resolved[] {
  const { expression: value, scope: within } = resolve(expression, scope);
  // A function that calls itself says nothing new.
  if (path.includes(value)) return [];
  const inner = (each: Expression, at = within) => elements(each, at, [...path, value]);
  if (value.kind === 'list')
    return value.items.map((item) => ({ expression: item, scope: within }));
  if (value.kind === 'operation') {
    const right = inner(value.right);
    return value.operator === '->' ? right : [...inner(value.left), ...right];
  }
  if (value.kind !== 'call') return [];
  return resultsOf(value, within).flatMap((each) => inner(each.expression, each.scope));
}

/** Expressions that a call may give back. */
function resultsOf(call: Call, scope: Scope): readonly Resolved[] {
  if (branching.has(call.name)) {
    const blocks = call.sections.flatMap((section) => {
      const clauses = section.filter((each) => each.kind === 'operation' && each.operator === '->');
      return clauses.length > 0 ? clauses : section.slice(-1);
    });
    const inline = call.args.flatMap((each) => (each.kind === 'list' ? each.items : []));
    const values = inline.flatMap((each) => (each.kind === 'pair' ? [each.value] : []));
    return [...blocks, ...values].map((expression) => ({ expression, scope }));
  }
  if (collecting.test(call.name)) return call.args.map((expression) => ({ expression, scope }));
  return (scope.module.functions.get(call.name) ?? []).flatMap(({ body }) => {
    const inside = { module: scope.module, locals: localsOf(body) };
    return body.slice(-1).map((expression) => ({ expression, scope: inside }));
  });
}

/** A text, found where it is written, or in a file that is read, or computed in a way that only a run knows. */
export type FoundText =
  | { readonly from: 'literal'; readonly text: Text; readonly via?: string }
  | { readonly from: 'file'; readonly path: string; readonly via?: string }
  | { readonly from: 'computed'; readonly at: Expression };

const trims = /^String\.trim(_trailing|_leading)?$/;

/** What a text expression says; `path` is relative to the directory that Mix runs in, the manifest's own. */
export function findText(expression: Expression, scope: Scope, hops = 0): FoundText {
  const { expression: value, scope: within, via } = resolve(expression, scope);
  const named = via === undefined ? {} : { via };
  if (hops > maxHops) return { from: 'computed', at: value };
  if (value.kind === 'text') return { from: 'literal', text: value, ...named };
  const inner = passesThrough(value);
  if (inner) return { ...findText(inner, within, hops + 1), ...named };
  if (value.kind === 'call' && value.name === 'File.read!') {
    const path = value.args[0] && findPath(value.args[0], within);
    if (path !== undefined) return { from: 'file', path, ...named };
  }
  return { from: 'computed', at: value };
}

/** `String.trim(x)` and `x |> String.trim()` say what `x` says. */
function passesThrough(expression: Expression): Expression | undefined {
  if (expression.kind === 'call' && trims.test(expression.name)) return expression.args[0];
  if (expression.kind !== 'operation' || expression.operator !== '|>') return undefined;
  const { left, right } = expression;
  if (right.kind !== 'call') return undefined;
  if (trims.test(right.name)) return left;
  if (right.name === 'File.read!' && right.args.length === 0) return { ...right, args: [left] };
  return undefined;
}

function findPath(expression: Expression, scope: Scope): string | undefined {
  const { expression: value, scope: within } = resolve(expression, scope);
  if (value.kind === 'text') return pathText(value);
  if (value.kind === 'operation' && value.operator === '<>')
    return joined([value.left, value.right], within, '');
  if (value.kind !== 'call') return undefined;
  if (value.name === '__DIR__') return '.';
  const [first, second] = value.args;
  if (value.name === 'Path.join' && first)
    return joined(first.kind === 'list' ? first.items : value.args, within, '/');
  if (value.name === 'Path.expand' && first)
    return joined(second ? [second, first] : [first], within, '/');
  return undefined;
}

function pathText({ value, form }: Text): string | undefined {
  const path = value.replace(/^#\{__DIR__\}/, '.');
  return form === 'plain' || (form === 'interpolated' && !path.includes('#{')) ? path : undefined;
}

function joined(parts: readonly Expression[], scope: Scope, glue: string): string | undefined {
  const found = parts.map((part) => findPath(part, scope));
  if (found.some((part) => part === undefined)) return undefined;
  return posix.normalize(found.join(glue));
}
