import {
  BlockNode,
  LocalVariableReadNode,
  type CallNode,
  type Node,
} from '@ruby/prism/src/nodes.js';
import { argumentNodes, argumentsOf, concatenated, evaluate, named, unknown } from './evaluate';
import { libraryCall } from './library';
import { matchedText } from './matched-text';
import { constantName } from './ruby-file';
import type { Scope } from './scope';
import { render, textValue, type Value } from './value';
import { posix } from 'node:path';

/** Methods that give back what a version or a name already is. */
const transparent = ['freeze', 'dup', 'to_s', 'strip', 'chomp', '-@', '+@'];

/** What a method call means. */
export function evaluateCall(node: CallNode, scope: Scope): Value {
  const { receiver, name } = node;
  if (!receiver) return ownCall(node, scope);
  const constant = constantName(receiver);
  if (constant !== undefined) return constantCall(constant, node, scope);
  const attribute = attributeCall(receiver, name, scope);
  if (attribute) return attribute;
  if (transparent.includes(name)) return evaluate(receiver, scope);
  const method = methods[name];
  return method?.(receiver, node, scope) ?? unknown(node, scope);
}

/** Methods of strings and lists; `undefined` where their meaning is not known. */
const methods: Readonly<
  Record<string, (receiver: Node, node: CallNode, scope: Scope) => Value | undefined>
> = {
  join: joined,
  '*': joined,
  '+': sum,
  compact(receiver, _, scope) {
    const list = evaluate(receiver, scope);
    return list.kind === 'list' ? { ...list, compact: true } : undefined;
  },
  '[]': matchedText,
};

/** `spec.version` of this specification, or of another one that was loaded. */
function attributeCall(receiver: Node, name: string, scope: Scope): Value | undefined {
  if (receiver instanceof LocalVariableReadNode) {
    const own = scope.locals.get(`${receiver.name}.${name}`);
    if (own) return own;
    return attributeOf(scope.locals.get(receiver.name), name);
  }
  const loaded = name === 'version' || name === 'name';
  return loaded ? attributeOf(evaluate(receiver, scope), name) : undefined;
}

function attributeOf(value: Value | undefined, name: string): Value | undefined {
  return value?.kind === 'specification' ? value.attributes.get(name) : undefined;
}

function ownCall(node: CallNode, scope: Scope): Value {
  if (node.name === '__dir__') return textValue(posix.dirname(`/${scope.file.source.file}`));
  if (scope.nesting.length > 0) return named(`.${node.name}`, node, scope);
  return unknown(node, scope);
}

function constantCall(constant: string, node: CallNode, scope: Scope): Value {
  const { name } = node;
  if ((name === 'new' || name === 'create') && constant === 'Gem::Version')
    return argumentsOf(node, scope)[0] ?? unknown(node, scope);
  if (name === 'new' && constant === 'Gem::Requirement')
    return { kind: 'list', items: argumentsOf(node, scope) };
  if (name === 'fetch' && constant === 'ENV') return fallback(node, scope);
  const known = libraryCall(`${constant}.${name}`, argumentsOf(node, scope), scope);
  if (known !== 'no such method') return known ?? unknown(node, scope);
  return transparent.includes(name)
    ? named(constant, node, scope)
    : named(`${constant}.${name}`, node, scope);
}

/** `ENV.fetch("V", "1.0")` and `ENV.fetch("V") { "1.0" }`: the environment is not known. */
function fallback(node: CallNode, scope: Scope): Value {
  const given =
    argumentNodes(node)[1] ?? (node.block instanceof BlockNode ? node.block.body : null);
  return given ? evaluate(given, scope) : unknown(node, scope);
}

/** `[MAJOR, MINOR, TINY].join(".")`. */
function joined(receiver: Node, node: CallNode, scope: Scope): Value | undefined {
  const list = evaluate(receiver, scope);
  const separator = render(argumentsOf(node, scope)[0]);
  if (list.kind !== 'list' || separator === null) return undefined;
  return { kind: 'joined', items: list.items, separator, compact: list.compact ?? false };
}

function sum(receiver: Node, node: CallNode, scope: Scope): Value | undefined {
  return concatenated([evaluate(receiver, scope), ...argumentsOf(node, scope)]);
}
