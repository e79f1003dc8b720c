import { posix } from 'node:path';
import {
  AssocNode,
  BlockNode,
  CallNode,
  KeywordHashNode,
  StatementsNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';
import type { Reader } from '../../model';
import { argumentNodes, evaluate } from './ruby/evaluate';
import type { Node } from './ruby/prism';
import { loadRuby } from './ruby/ruby-file';
import type { Scope } from './ruby/scope';
import { render } from './ruby/value';

interface GemfilePaths {
  readonly paths: ReadonlyMap<string, string>;
  /** The Gemfile, if there is one. */
  readonly inputs: readonly string[];
}

/**
 * Local directories by gem name, as `gem "core", path: "../core"` in the Gemfile beside a gemspec gives them:
 * a gemspec itself cannot say where a gem lies. Paths are workspace-relative.
 */
export function gemfilePaths(root: string, reader: Reader): GemfilePaths {
  const path = posix.join(root, 'Gemfile');
  const paths = new Map<string, string>();
  const text = reader.read(path)?.text;
  if (text === undefined) return { paths, inputs: [] };
  // Most Gemfiles name no path, and parsing costs more than looking.
  const file = text.includes('path') ? loadRuby(path, reader) : undefined;
  if (!file) return { paths, inputs: [path] };
  const scope: Scope = {
    file,
    nesting: [],
    locals: new Map(),
    reader,
    root,
    inputs: new Set(),
    pending: [],
  };
  collect(file.parsed.value.statements, scope, undefined, paths);
  return { paths, inputs: [path] };
}

function collect(
  node: Node | null,
  scope: Scope,
  around: string | undefined,
  paths: Map<string, string>,
): void {
  if (node instanceof StatementsNode)
    for (const child of node.body) collect(child, scope, around, paths);
  if (!(node instanceof CallNode)) return;
  const [first] = argumentNodes(node);
  const name = first ? render(evaluate(first, scope)) : null;
  const inside = node.name === 'path' && name !== null ? name : around;
  if (node.block instanceof BlockNode) collect(node.block.body, scope, inside, paths);
  if (node.name !== 'gem' || name === null) return;
  const path =
    pathOption(node, scope) ?? (around === undefined ? undefined : posix.join(around, name));
  if (path !== undefined) paths.set(name, posix.join(scope.root, path));
}

function pathOption(node: CallNode, scope: Scope): string | undefined {
  const options = argumentNodes(node).find((each) => each instanceof KeywordHashNode);
  if (!(options instanceof KeywordHashNode)) return undefined;
  const option = options.elements.find(
    (each) =>
      each instanceof AssocNode &&
      each.key instanceof SymbolNode &&
      each.key.unescaped.value === 'path',
  );
  return option instanceof AssocNode
    ? (render(evaluate(option.value, scope)) ?? undefined)
    : undefined;
}
