import { isCall, type Module } from './module';
import { findPath } from './path-value';
import type { Expression } from './syntax';

/** Files of Erlang terms that a module reads: the literal paths of its calls of `:file.consult`. */
export function consultedFiles(module: Module): readonly string[] {
  const found: string[] = [];
  const waiting = [...module.body];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [argument] = isCall(next, ':file.consult') ? next.args : [];
    const path = argument && findPath(argument, { module, locals: new Map() });
    if (path !== undefined) found.push(path);
    for (const part of partsOf(next)) waiting.push(part);
  }
  return found.reverse();
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return [...expression.args, ...expression.sections.flat()];
    case 'list':
    case 'tuple':
      return expression.items;
    case 'operation':
      return [expression.left, expression.right];
    case 'pair':
      return [expression.value];
    case 'attribute':
      return expression.value ? [expression.value] : [];
    default:
      return [];
  }
}
