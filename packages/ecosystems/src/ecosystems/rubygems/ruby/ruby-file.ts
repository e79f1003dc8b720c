import {
  CallNode,
  ClassNode,
  ConstantOrWriteNode,
  ConstantPathNode,
  ConstantPathWriteNode,
  ConstantReadNode,
  ConstantWriteNode,
  DefNode,
  ElseNode,
  GlobalVariableReadNode,
  IfNode,
  LocalVariableWriteNode,
  ModuleNode,
  SelfNode,
  SingletonClassNode,
  StatementsNode,
  UnlessNode,
} from '@ruby/prism/src/nodes.js';
import type { Node, ParseResult } from './prism';
import type { Reader, Source } from '../../../model';
import { parseRuby } from './prism';

/** A constant or a method without arguments, and the modules around it. */
export interface Definition {
  /** `Acme::VERSION`, `Acme.version`. */
  readonly name: string;
  readonly value: Node;
  readonly nesting: readonly string[];
  readonly file: RubyFile;
}

/** A parsed Ruby file. */
export interface RubyFile {
  readonly source: Source;
  readonly parsed: ParseResult;
  /** What it defines and what it loads; found on first use. */
  survey(): Survey;
}

export interface Survey {
  /** Constants by full name `Acme::VERSION`, methods of modules by `Acme.version`. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Calls of `require`, `require_relative`, `load` and `autoload`, in order. */
  readonly requires: readonly CallNode[];
  /** Calls on `$LOAD_PATH` or `$:`. */
  readonly loadPath: readonly CallNode[];
  /** Local variables outside of all modules. */
  readonly locals: ReadonlyMap<string, Node>;
}

/** Reads and parses a Ruby file once per reading session; undefined when there is none or it has syntax errors. */
export function loadRuby(file: string, reader: Reader): RubyFile | undefined {
  return reader.memo(`rubygems:ruby:${file}`, () => {
    const source = reader.read(file);
    const ruby = source && rubyFile(source);
    return ruby && ruby.parsed.errors.length === 0 ? ruby : undefined;
  });
}

export function rubyFile(source: Source): RubyFile {
  const parsed = parseRuby(source.text);
  let found: Survey | undefined;
  const file: RubyFile = { source, parsed, survey: () => (found ??= surveyOf(file)) };
  return file;
}

interface Finds extends Survey {
  readonly file: RubyFile;
  readonly definitions: Map<string, Definition>;
  readonly requires: CallNode[];
  readonly loadPath: CallNode[];
  readonly locals: Map<string, Node>;
}

function surveyOf(file: RubyFile): Survey {
  const finds: Finds = {
    file,
    definitions: new Map(),
    requires: [],
    loadPath: [],
    locals: new Map(),
  };
  visit(file.parsed.value.statements, [], finds);
  return finds;
}

function visit(node: Node | null, nesting: readonly string[], finds: Finds): void {
  if (node instanceof StatementsNode) for (const child of node.body) visit(child, nesting, finds);
  else if (node instanceof ModuleNode || node instanceof ClassNode)
    visit(node.body, [...nesting, constantName(node.constantPath) ?? node.name], finds);
  else if (node instanceof SingletonClassNode) visit(node.body, [...nesting, 'self'], finds);
  // `VERSION = "1.0" unless defined?(Acme::VERSION)`
  else if (node instanceof IfNode || node instanceof UnlessNode || node instanceof ElseNode)
    visit(node.statements, nesting, finds);
  else if (node instanceof LocalVariableWriteNode && nesting.length === 0)
    finds.locals.set(node.name, node.value);
  else if (node instanceof CallNode) visitCall(node, finds);
  else define(node, nesting, finds);
}

function visitCall(node: CallNode, { requires, loadPath }: Finds): void {
  const { receiver, name } = node;
  if (!receiver && ['require', 'require_relative', 'load', 'autoload'].includes(name))
    requires.push(node);
  if (receiver instanceof GlobalVariableReadNode && ['$:', '$LOAD_PATH'].includes(receiver.name))
    loadPath.push(node);
}

function define(node: Node | null, nesting: readonly string[], { definitions, file }: Finds): void {
  const found = definitionOf(node, nesting);
  if (!found || definitions.has(found.name)) return;
  definitions.set(found.name, { ...found, nesting, file });
}

function definitionOf(
  node: Node | null,
  nesting: readonly string[],
): Pick<Definition, 'name' | 'value'> | undefined {
  if (node instanceof ConstantWriteNode || node instanceof ConstantOrWriteNode)
    return { name: [...nesting, node.name].join('::'), value: node.value };
  if (node instanceof ConstantPathWriteNode) {
    const name = [...nesting, constantName(node.target)].join('::');
    return { name, value: node.value };
  }
  if (!(node instanceof DefNode && node.body)) return undefined;
  const singleton = nesting.at(-1) === 'self';
  if (!singleton && !(node.receiver instanceof SelfNode)) return undefined;
  const owner = singleton ? nesting.slice(0, -1) : nesting;
  return { name: `${owner.join('::')}.${node.name}`, value: node.body };
}

/** `Acme::VERSION` of a constant as it is written; undefined for anything else. */
export function constantName(node: Node | null): string | undefined {
  if (node instanceof ConstantReadNode) return node.name;
  if (!(node instanceof ConstantPathNode) || node.name === null) return undefined;
  if (!node.parent) return node.name;
  const parent = constantName(node.parent);
  return parent && `${parent}::${node.name}`;
}
