import {
  ArgumentsNode,
  ArrayNode,
  AssocNode,
  BeginNode,
  CallNode,
  ConstantPathNode,
  ConstantReadNode,
  EmbeddedStatementsNode,
  FloatNode,
  HashNode,
  IntegerNode,
  InterpolatedStringNode,
  LocalVariableReadNode,
  NilNode,
  OrNode,
  ParenthesesNode,
  SourceFileNode,
  SplatNode,
  StatementsNode,
  StringNode,
} from '@ruby/prism/src/nodes.js';
import { evaluateCall } from './evaluate-call';
import type { Location, Node } from './prism';
import { requiredFiles } from './required-files';
import { constantName } from './ruby-file';
import { findDefinition, scopeOf, type Scope } from './scope';
import { textValue, type Literal, type Value } from './value';

/** What an expression means; `unknown` for everything that only running it would tell. */
export function evaluate(node: Node | null, scope: Scope): Value {
  if (node instanceof StringNode) return string(node, scope);
  if (node instanceof InterpolatedStringNode) return interpolated(node, scope);
  if (node instanceof LocalVariableReadNode)
    return scope.locals.get(node.name) ?? unknown(node, scope);
  if (node instanceof ConstantReadNode || node instanceof ConstantPathNode)
    return named(constantName(node), node, scope);
  if (node instanceof CallNode) return evaluateCall(node, scope);
  if (node instanceof ArrayNode) return list(node.elements, scope);
  if (node instanceof HashNode) return pairs(node, scope);
  if (node instanceof IntegerNode)
    return { kind: 'text', pieces: [literal('integer', String(node.value), node, scope)] };
  if (node instanceof NilNode) return { kind: 'nil', literal: literal('nil', '', node, scope) };
  if (node instanceof FloatNode) return unknown(node, scope, 'it is a number: quote it');
  if (node instanceof OrNode) return alternative(node, scope);
  if (node instanceof SourceFileNode) return textValue(`/${scope.file.source.file}`);
  const inner = wrapped(node);
  return inner ? evaluate(inner, scope) : unknown(node, scope);
}

/** The constant or method of that name, wherever it is defined. */
export function named(name: string | undefined, node: Node, scope: Scope): Value {
  const definition =
    name === undefined
      ? undefined
      : findDefinition(name, scope, (file) => requiredFiles(file, scope));
  return definition ? evaluate(definition.value, scopeOf(definition, scope)) : unknown(node, scope);
}

export function list(nodes: readonly Node[], scope: Scope): Value {
  const items = nodes.map((node) =>
    evaluate(node instanceof SplatNode ? node.expression : node, scope),
  );
  return { kind: 'list', items };
}

/** `{ "core" => "~> 1.2" }` as the list that `each` goes through. */
function pairs(node: HashNode, scope: Scope): Value {
  const items = node.elements.map((each) =>
    each instanceof AssocNode ? list([each.key, each.value], scope) : unknown(each, scope),
  );
  return { kind: 'list', items };
}

/** The values of the arguments of a call. */
export function argumentsOf(node: CallNode, scope: Scope): readonly Value[] {
  const value = list(argumentNodes(node), scope);
  return value.kind === 'list' ? value.items : [];
}

export function argumentNodes(node: CallNode): readonly Node[] {
  return node.arguments_ instanceof ArgumentsNode ? node.arguments_.arguments_ : [];
}

export function unknown(node: Node | null, scope: Scope, why?: string): Value {
  const place = node?.location ?? { startOffset: 0, length: 0 };
  return { kind: 'unknown', source: scope.file.source, place, ...(why ? { why } : {}) };
}

function string(node: StringNode, scope: Scope): Value {
  const text = node.unescaped.value;
  return { kind: 'text', pieces: [literal('string', text, node, scope, node.contentLoc)] };
}

function literal(
  kind: Literal['kind'],
  text: string,
  node: Node,
  scope: Scope,
  content: Location = node.location,
): Literal {
  const name = scope.pending.at(-1)?.name;
  const whole = node.location;
  return { source: scope.file.source, kind, text, content, whole, ...(name ? { name } : {}) };
}

function interpolated(node: InterpolatedStringNode, scope: Scope): Value {
  return concatenated(node.parts.map((part) => evaluate(part, scope))) ?? unknown(node, scope);
}

/** Strings in one; undefined when something else is among them. */
export function concatenated(parts: readonly Value[]): Value | undefined {
  const pieces = parts.map((part) => {
    if (part.kind === 'text') return part.pieces;
    return part.kind === 'joined' ? [part] : undefined;
  });
  return pieces.includes(undefined)
    ? undefined
    : { kind: 'text', pieces: pieces.flatMap((each) => each ?? []) };
}

/** `ENV["V"] || "1.0"`: the environment is not known, so what stands after it counts. */
function alternative({ left, right }: OrNode, scope: Scope): Value {
  return evaluate(isEnvironment(left) ? right : left, scope);
}

function isEnvironment(node: Node): boolean {
  if (node instanceof OrNode) return isEnvironment(node.left) && isEnvironment(node.right);
  if (!(node instanceof CallNode) || constantName(node.receiver) !== 'ENV') return false;
  return node.name === '[]' || (node.name === 'fetch' && argumentNodes(node)[1] instanceof NilNode);
}

/** The expression that a node only wraps: parentheses, `#{}`, the last statement of a body. */
function wrapped(node: Node | null): Node | null {
  if (node instanceof ParenthesesNode) return node.body;
  if (node instanceof StatementsNode) return node.body.at(-1) ?? null;
  if (node instanceof EmbeddedStatementsNode || node instanceof BeginNode) return node.statements;
  return null;
}
