import { posix } from 'node:path';
import type { CallNode } from '@ruby/prism/src/nodes.js';
import { LocalVariableReadNode } from '@ruby/prism/src/nodes.js';
import { argumentsOf, evaluate, named, unknown } from './evaluate';
import { constantName } from './ruby-file';
import type { Scope } from './scope';
import { render, textValue, type Literal, type Value } from './value';

/** Methods that give back what a version or a name already is. */
const transparent = ['freeze', 'dup', 'to_s', 'strip', 'chomp', 'compact', '-@', '+@'];

/** Methods of constants whose meaning is fixed; `undefined` where the arguments are not known. */
const library: Readonly<
  Record<string, (args: readonly (string | null)[], scope: Scope) => Value | undefined>
> = {
  'File.expand_path': ([path, base], scope) =>
    known(path) && (base === undefined || known(base))
      ? textValue(posix.resolve(`/${scope.root}`, base ?? '', path))
      : undefined,
  'File.join': (parts) => (parts.every(known) ? textValue(posix.join(...parts)) : undefined),
  'File.dirname': ([path]) => (known(path) ? textValue(posix.dirname(path)) : undefined),
  'File.read': ([path], scope) => (known(path) ? fileContent(path, scope) : undefined),
  'IO.read': ([path], scope) => (known(path) ? fileContent(path, scope) : undefined),
  'File.basename': ([path, suffix]) =>
    known(path) ? textValue(posix.basename(path, suffix ?? '')) : undefined,
};

/** What a method call means. */
export function evaluateCall(node: CallNode, scope: Scope): Value {
  const { receiver, name } = node;
  if (!receiver) return ownCall(node, scope);
  const constant = constantName(receiver);
  if (constant !== undefined) return constantCall(constant, node, scope);
  if (receiver instanceof LocalVariableReadNode) {
    const attribute = scope.locals.get(`${receiver.name}.${name}`);
    if (attribute) return attribute;
  }
  if (transparent.includes(name)) return evaluate(receiver, scope);
  if (name === 'join') return joined(node, scope);
  return name === '+' ? sum(node, scope) : unknown(node, scope);
}

function ownCall(node: CallNode, scope: Scope): Value {
  if (node.name === '__dir__') return textValue(posix.dirname(`/${scope.file.source.file}`));
  if (scope.nesting.length > 0) return named(`.${node.name}`, node, scope);
  return unknown(node, scope);
}

function constantCall(constant: string, node: CallNode, scope: Scope): Value {
  const { name } = node;
  if (name === 'new' && constant === 'Gem::Version') return firstArgument(node, scope);
  if (name === 'new' && constant === 'Gem::Requirement')
    return { kind: 'list', items: argumentsOf(node, scope) };
  if (name === 'fetch' && constant === 'ENV')
    return argumentsOf(node, scope)[1] ?? unknown(node, scope);
  const method = library[`${constant}.${name}`];
  if (!method) {
    return transparent.includes(name)
      ? named(constant, node, scope)
      : named(`${constant}.${name}`, node, scope);
  }
  const args = argumentsOf(node, scope).map((value) => render(value));
  return method(args, scope) ?? unknown(node, scope);
}

function firstArgument(node: CallNode, scope: Scope): Value {
  return argumentsOf(node, scope)[0] ?? unknown(node, scope);
}

/** `[MAJOR, MINOR, TINY].join(".")`. */
function joined(node: CallNode, scope: Scope): Value {
  const items = evaluate(node.receiver, scope);
  const separator = render(argumentsOf(node, scope)[0]);
  if (items.kind !== 'list' || separator === null) return unknown(node, scope);
  return { kind: 'joined', items: items.items, separator };
}

function sum(node: CallNode, scope: Scope): Value {
  const sides = [evaluate(node.receiver, scope), firstArgument(node, scope)];
  const pieces = sides.flatMap((side) => (side.kind === 'text' ? side.pieces : []));
  return sides.every((side) => side.kind === 'text')
    ? { kind: 'text', pieces }
    : unknown(node, scope);
}

/** A text file such as `VERSION`, without the blanks around its content. Relative paths start at the gemspec. */
function fileContent(path: string, scope: Scope): Value | undefined {
  const file = posix.resolve(`/${scope.root}`, path).slice(1);
  const source = scope.reader.read(file);
  if (!source) return undefined;
  scope.inputs.add(file);
  const text = source.text.trim();
  const lead = source.text.slice(0, source.text.indexOf(text));
  const content = {
    startOffset: Buffer.byteLength(lead, 'utf8'),
    length: Buffer.byteLength(text, 'utf8'),
  };
  const literal: Literal = { source, kind: 'file', text, content, whole: content };
  return { kind: 'text', pieces: [literal] };
}

function known(text: string | null | undefined): text is string {
  return typeof text === 'string';
}
