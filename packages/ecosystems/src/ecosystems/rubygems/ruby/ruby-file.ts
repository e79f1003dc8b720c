import {
  CallNode,
  ClassNode,
  ConstantPathNode,
  ConstantReadNode,
  ConstantWriteNode,
  DefNode,
  ModuleNode,
  SelfNode,
  SingletonClassNode,
  StatementsNode,
} from '@ruby/prism/src/nodes.js';
import type { Node, ParseResult } from './prism';
import type { Reader, Source } from '../../../model';
import { parseRuby } from './prism';

/** A constant or a method without arguments, and the modules around it. */
export interface Definition {
  readonly value: Node;
  readonly nesting: readonly string[];
  readonly file: RubyFile;
}

/** A parsed Ruby file. */
export interface RubyFile {
  readonly source: Source;
  readonly parsed: ParseResult;
  /** Constants by full name `Acme::VERSION`, methods of modules by `Acme.version`; computed on first use. */
  definitions(): ReadonlyMap<string, Definition>;
  /** Calls of `require`, `require_relative` and `load`, in order. */
  requires(): readonly CallNode[];
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
  let found: ReturnType<typeof survey> | undefined;
  const surveyed = (): ReturnType<typeof survey> => (found ??= survey(file));
  const file: RubyFile = {
    source,
    parsed,
    definitions: () => surveyed().definitions,
    requires: () => surveyed().requires,
  };
  return file;
}

function survey(file: RubyFile): { definitions: Map<string, Definition>; requires: CallNode[] } {
  const definitions = new Map<string, Definition>();
  const requires: CallNode[] = [];
  const visit = (node: Node | null, nesting: readonly string[]): void => {
    const define = (name: string, value: Node): void => {
      if (!definitions.has(name)) definitions.set(name, { value, nesting, file });
    };
    if (node instanceof StatementsNode) for (const child of node.body) visit(child, nesting);
    else if (node instanceof ModuleNode || node instanceof ClassNode)
      visit(node.body, [...nesting, constantName(node.constantPath) ?? node.name]);
    else if (node instanceof SingletonClassNode) visit(node.body, [...nesting, 'self']);
    else if (node instanceof ConstantWriteNode)
      define([...nesting, node.name].join('::'), node.value);
    else if (node instanceof DefNode && node.body) defineMethod(node, node.body, nesting, define);
    else if (node instanceof CallNode && isRequire(node)) requires.push(node);
  };
  visit(file.parsed.value.statements, []);
  return { definitions, requires };
}

function defineMethod(
  node: DefNode,
  body: Node,
  nesting: readonly string[],
  define: (name: string, value: Node) => void,
): void {
  const singleton = nesting.at(-1) === 'self';
  if (!singleton && !(node.receiver instanceof SelfNode)) return;
  const owner = singleton ? nesting.slice(0, -1) : nesting;
  define(`${owner.join('::')}.${node.name}`, body);
}

function isRequire(node: CallNode): boolean {
  return !node.receiver && ['require', 'require_relative', 'load'].includes(node.name);
}

/** `Acme::VERSION` of a constant as it is written; undefined for anything else. */
export function constantName(node: Node | null): string | undefined {
  if (node instanceof ConstantReadNode) return node.name;
  if (!(node instanceof ConstantPathNode) || node.name === null) return undefined;
  if (!node.parent) return node.name;
  const parent = constantName(node.parent);
  return parent && `${parent}::${node.name}`;
}
