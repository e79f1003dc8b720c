import type { Call, Expression, Pair } from './syntax';

/** What names are set to (`@name value`, `name = value`), each value in the order of the file. */
export type Bindings = ReadonlyMap<string, readonly Expression[]>;

/** One clause of `def name(...)`. */
export interface Clause {
  readonly parameters: number;
  readonly body: readonly Expression[];
  /** Variables that its body sets. */
  readonly locals: Bindings;
}

/** A module's attributes and functions, as far as they say something without being run. */
export interface Module {
  readonly attributes: Bindings;
  readonly functions: ReadonlyMap<string, readonly Clause[]>;
  /** All of its statements. */
  readonly body: readonly Expression[];
}

/** The first module that says `use Mix.Project`; files of other modules are no projects. */
export function findMixModule(statements: readonly Expression[]): Module | undefined {
  for (const statement of statements) {
    if (!isCall(statement, 'defmodule')) continue;
    const body = statement.sections[0] ?? [];
    if (body.some(usesMixProject)) return moduleOf(body);
  }
  return undefined;
}

/** The value that a name has at an offset: the last one that it was given before. */
export function boundAt(bindings: Bindings, name: string, offset: number): Expression | undefined {
  const values = bindings.get(name);
  if (!values) return undefined;
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((values[middle]?.end ?? 0) <= offset) from = middle + 1;
    else to = middle;
  }
  return values[from - 1];
}

export function isCall(expression: Expression | undefined, name: string): expression is Call {
  return expression?.kind === 'call' && expression.name === name;
}

/** Pairs of a keyword list; empty for everything else. */
export function pairsOf(expression: Expression | undefined): readonly Pair[] {
  if (expression?.kind !== 'list') return [];
  return expression.items.filter((item): item is Pair => item.kind === 'pair');
}

const few = 8;
/** Long lists that many entries name are searched once. */
const indexes = new WeakMap<Expression, ReadonlyMap<string, Pair>>();

/** The pair of a key in a keyword list; of a key that stands twice the first counts, as in Elixir. */
export function pairIn(expression: Expression, key: string): Pair | undefined {
  if (expression.kind !== 'list') return undefined;
  const { items } = expression;
  if (items.length <= few)
    return items.find((item): item is Pair => item.kind === 'pair' && item.key === key);
  const index = indexes.get(expression) ?? indexOf(expression);
  indexes.set(expression, index);
  return index.get(key);
}

function indexOf(list: Expression): ReadonlyMap<string, Pair> {
  const pairs = pairsOf(list).map((pair) => [pair.key, pair] as const);
  return new Map(pairs.reverse());
}

function usesMixProject(statement: Expression): boolean {
  if (!isCall(statement, 'use')) return false;
  const [used] = statement.args;
  return used?.kind === 'alias' && used.value === 'Mix.Project';
}

function moduleOf(body: readonly Expression[]): Module {
  const attributes = new Map<string, Expression[]>();
  const functions = new Map<string, Clause[]>();
  for (const statement of body) {
    if (statement.kind === 'attribute' && statement.value)
      append(attributes, statement.name, statement.value);
    if (isCall(statement, 'def') || isCall(statement, 'defp')) addClause(functions, statement);
  }
  return { attributes, functions, body };
}

function addClause(functions: Map<string, Clause[]>, definition: Call): void {
  const [head, options] = definition.args;
  const signature = head?.kind === 'operation' && head.operator === 'when' ? head.left : head;
  if (signature?.kind !== 'call') return;
  const inline = pairsOf(options).find(({ key }) => key === 'do');
  const body = inline ? [inline.value] : (definition.sections[0] ?? []);
  const clause = { parameters: signature.args.length, body, locals: localsOf(body) };
  append(functions, signature.name, clause);
}

/** `name = value`, and `{:ok, name} = value` where the value's own is known. */
function localsOf(body: readonly Expression[]): Bindings {
  const locals = new Map<string, Expression[]>();
  for (const each of body) {
    if (each.kind !== 'operation' || each.operator !== '=') continue;
    const bound =
      each.left.kind === 'call' ? { name: each.left.name, value: each.right } : undefined;
    const { name, value } = bound ?? boundByOk(each.left, each.right) ?? {};
    if (name !== undefined && value) append(locals, name, value);
  }
  return locals;
}

/**
 * What the pattern `{:ok, name}` gives a name: of `File.read(path)` that is `File.read!(path)`. Undefined for
 * other patterns and values.
 */
export function boundByOk(
  pattern: Expression | undefined,
  value: Expression | undefined,
): { readonly name: string; readonly value: Expression } | undefined {
  if (pattern?.kind !== 'tuple' || !isCall(value, 'File.read')) return undefined;
  const [tag, variable] = pattern.items;
  if (tag?.kind !== 'atom' || tag.value !== 'ok' || variable?.kind !== 'call') return undefined;
  return { name: variable.name, value: { ...value, name: 'File.read!' } };
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
