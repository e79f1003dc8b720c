import { boundAt, type Bindings, type Module } from './module';
import type { Call, Expression } from './syntax';

/** Where an expression stands: what its names mean. */
export interface Scope {
  readonly module: Module;
  readonly locals: Bindings;
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
  const { module } = scope;
  if (expression.kind === 'attribute' && !expression.value) {
    const value = boundAt(module.attributes, expression.name, expression.start);
    return value && { expression: value, scope, via: `@${expression.name}` };
  }
  if (expression.kind !== 'call' || expression.args.length + expression.sections.length > 0)
    return undefined;
  const local = boundAt(scope.locals, expression.name, expression.start);
  if (local) return { expression: local, scope, via: expression.name };
  const clauses = module.functions.get(expression.name) ?? [];
  const [only] = clauses;
  if (!only || clauses.length > 1) return undefined;
  const result = only.body.at(-1);
  const inside = { module, locals: only.locals };
  return result && { expression: result, scope: inside, via: `${expression.name}/0` };
}

/**
 * Pairs and tuples of a list that is put together from literals, names, `++`, conditions and clauses. Branches
 * count all: which one a run takes is not known, and an editor must see every one of them. Each counts once,
 * however often it is named, and a function that calls itself says nothing new.
 */
export function elements(expression: Expression, scope: Scope): readonly Resolved[] {
  const found: Resolved[] = [];
  const seen = new Set<Expression>();
  const waiting: Resolved[] = [{ expression, scope }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const each = resolve(next.expression, next.scope);
    if (seen.has(each.expression)) continue;
    seen.add(each.expression);
    if (each.expression.kind === 'pair' || each.expression.kind === 'tuple') found.push(each);
    else for (const part of partsOf(each).reverse()) waiting.push(part);
  }
  return found;
}

/** What a list, an operation or a call takes its elements from, in order. */
function partsOf({ expression, scope }: Resolved): Resolved[] {
  const here = (each: Expression): Resolved => ({ expression: each, scope });
  if (expression.kind === 'list') return expression.items.map(here);
  if (expression.kind === 'operation')
    return expression.operator === '->'
      ? [here(expression.right)]
      : [here(expression.left), here(expression.right)];
  return expression.kind === 'call' ? resultsOf(expression, scope) : [];
}

/** Expressions that a call may give back. */
function resultsOf(call: Call, scope: Scope): Resolved[] {
  const here = (each: Expression): Resolved => ({ expression: each, scope });
  if (branching.has(call.name)) {
    const blocks = call.sections.flatMap((section) => {
      const clauses = section.filter((each) => each.kind === 'operation' && each.operator === '->');
      return clauses.length > 0 ? clauses : section.slice(-1);
    });
    const inline = call.args.flatMap((each) => (each.kind === 'list' ? each.items : []));
    const values = inline.flatMap((each) => (each.kind === 'pair' ? [each.value] : []));
    return [...blocks, ...values].map(here);
  }
  if (collecting.test(call.name)) return call.args.map(here);
  return (scope.module.functions.get(call.name) ?? []).flatMap(({ body, locals }) => {
    const inside = { module: scope.module, locals };
    return body.slice(-1).map((each) => ({ expression: each, scope: inside }));
  });
}
