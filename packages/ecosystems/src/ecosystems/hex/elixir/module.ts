import type { Call, Expression, Pair } from './syntax';

/** One clause of `def name(...)`. */
export interface Clause {
  readonly parameters: number;
  readonly body: readonly Expression[];
}

/** `@name value` or `name = value`. */
export interface Binding {
  readonly name: string;
  readonly value: Expression;
}

/** A module's attributes and functions, as far as they say something without being run. */
export interface Module {
  readonly attributes: readonly Binding[];
  readonly functions: ReadonlyMap<string, readonly Clause[]>;
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
export function boundAt(
  bindings: readonly Binding[],
  name: string,
  offset: number,
): Expression | undefined {
  return bindings.findLast((each) => each.name === name && each.value.end <= offset)?.value;
}

/** Variables bound by `name = value` in a body. */
export function localsOf(body: readonly Expression[]): readonly Binding[] {
  return body.flatMap((each) =>
    each.kind === 'operation' && each.operator === '=' && each.left.kind === 'call'
      ? [{ name: each.left.name, value: each.right }]
      : [],
  );
}

export function isCall(expression: Expression | undefined, name: string): expression is Call {
  return expression?.kind === 'call' && expression.name === name;
}

/** Pairs of a keyword list; empty for everything else. */
export function pairsOf(expression: Expression | undefined): readonly Pair[] {
  if (expression?.kind !== 'list') return [];
  return expression.items.filter((item): item is Pair => item.kind === 'pair');
}

function usesMixProject(statement: Expression): boolean {
  if (!isCall(statement, 'use')) return false;
  const [used] = statement.args;
  return used?.kind === 'alias' && used.value === 'Mix.Project';
}

function moduleOf(body: readonly Expression[]): Module {
  const attributes: Binding[] = [];
  const functions = new Map<string, Clause[]>();
  for (const statement of body) {
    if (statement.kind === 'attribute' && statement.value) {
      attributes.push({ name: statement.name, value: statement.value });
    }
    if (isCall(statement, 'def') || isCall(statement, 'defp')) addClause(functions, statement);
  }
  return { attributes, functions };
}

function addClause(functions: Map<string, Clause[]>, definition: Call): void {
  const [head, options] = definition.args;
  const signature = head?.kind === 'operation' && head.operator === 'when' ? head.left : head;
  if (signature?.kind !== 'call') return;
  const inline = pairsOf(options).find(({ key }) => key === 'do');
  const body = inline ? [inline.value] : (definition.sections[0] ?? []);
  const clauses = functions.get(signature.name) ?? [];
  clauses.push({ parameters: signature.args.length, body });
  functions.set(signature.name, clauses);
}
