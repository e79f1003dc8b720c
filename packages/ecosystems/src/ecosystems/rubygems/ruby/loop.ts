import {
  BlockParametersNode,
  RequiredParameterNode,
  RestParameterNode,
  type BlockNode,
  type CallNode,
  type ParametersNode,
} from '@ruby/prism/src/nodes.js';
import { evaluate } from './evaluate';
import type { Scope } from './scope';
import type { Value } from './value';

/**
 * The local variables of each round of `[["core", "~> 1.2"]].each do |name, *requirements|`; one round with
 * what is unknown for a list that nobody can tell.
 */
export function rounds(
  call: CallNode,
  block: BlockNode,
  scope: Scope,
): readonly (readonly (readonly [string, Value])[])[] {
  const parameters = parametersOf(block);
  const items = evaluate(call.receiver, scope);
  const list = items.kind === 'list' ? items.items : [items];
  return list.map((item) => (parameters ? bind(parameters, item) : []));
}

function bind(
  { requireds, rest }: ParametersNode,
  item: Value,
): readonly (readonly [string, Value])[] {
  const [first] = requireds;
  const alone = requireds.length === 1 && !rest && first instanceof RequiredParameterNode;
  if (alone) return [[first.name, item]];
  // A pair, or something unknown of which every part is as unknown.
  const part = (at: number): Value | undefined => (item.kind === 'list' ? item.items[at] : item);
  const bound = requireds.flatMap((each, at) => {
    const value = each instanceof RequiredParameterNode ? part(at) : undefined;
    return each instanceof RequiredParameterNode && value ? [[each.name, value] as const] : [];
  });
  if (!(rest instanceof RestParameterNode) || !rest.name) return bound;
  const others: Value =
    item.kind === 'list' ? { kind: 'list', items: item.items.slice(requireds.length) } : item;
  return [...bound, [rest.name, others]];
}

/** The name of the first parameter of a block. */
export function blockParameter(block: BlockNode | null): string | undefined {
  const [first] = (block && parametersOf(block)?.requireds) ?? [];
  return first instanceof RequiredParameterNode ? first.name : undefined;
}

function parametersOf({ parameters }: BlockNode): ParametersNode | null {
  return parameters instanceof BlockParametersNode ? parameters.parameters : null;
}
