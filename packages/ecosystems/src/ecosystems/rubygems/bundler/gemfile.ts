import { posix } from 'node:path';
import {
  AssocNode,
  BlockNode,
  CallNode,
  ElseNode,
  IfNode,
  KeywordHashNode,
  StatementsNode,
  SymbolNode,
  UnlessNode,
} from '@ruby/prism/src/nodes.js';
import type { Reader } from '../../../model';
import type { SpecDependency } from '../gemspec/specification';
import { findDependencies, type DependencyPlaces, type FoundDependencies } from '../places';
import { argumentNodes, evaluate } from '../ruby/evaluate';
import type { Node } from '../ruby/prism';
import { rounds } from '../ruby/loop';
import { loadRuby } from '../ruby/ruby-file';
import { topScope, type Scope } from '../ruby/scope';
import { flatten, render } from '../ruby/value';

/** `gem "core", "~> 1.2", path: "../core"`. */
export interface GemfileEntry extends SpecDependency {
  /** Workspace-relative directory. */
  readonly path: string;
}

/**
 * The gems that a Gemfile takes from local directories: a gemspec itself cannot say where a gem lies. All
 * branches of conditions are read. Found once per reading session, since gems share the Gemfiles above them.
 */
export function gemfileEntries(file: string, reader: Reader): readonly GemfileEntry[] {
  return reader.memo(`rubygems:gemfile:${file}`, () => {
    // Most Gemfiles name no path, and parsing costs more than looking.
    const text = reader.read(file)?.text;
    const ruby = text?.includes('path') ? loadRuby(file, reader) : undefined;
    if (!ruby) return [];
    const found: GemfileEntry[] = [];
    const scope = topScope(ruby, reader, { root: posix.dirname(file) });
    collect(ruby.parsed.value.statements, { scope, around: undefined, found });
    return found;
  });
}

export interface GemfilePlace extends DependencyPlaces {
  readonly from: GemfileEntry;
}

/** The same with the places of the requirements, by name. */
export function gemfilePlaces(
  file: string,
  reader: Reader,
): Pick<FoundDependencies, 'users'> & {
  readonly byName: ReadonlyMap<string, readonly GemfilePlace[]>;
} {
  return reader.memo(`rubygems:gemfile-places:${file}`, () => {
    const entries = gemfileEntries(file, reader);
    const { dependencies, users } = findDependencies(entries, posix.dirname(file));
    const byName = new Map<string, GemfilePlace[]>();
    for (const [at, each] of dependencies.entries()) {
      const place = { ...each, from: entries[at] as GemfileEntry };
      byName.set(each.name, [...(byName.get(each.name) ?? []), place]);
    }
    return { byName, users };
  });
}

interface Walk {
  readonly scope: Scope;
  /** The directory of the `path` block around. */
  readonly around: string | undefined;
  readonly found: GemfileEntry[];
}

function collect(node: Node | null, walk: Walk): void {
  if (node instanceof StatementsNode) for (const child of node.body) collect(child, walk);
  else if (node instanceof IfNode) {
    collect(node.statements, walk);
    collect(node.subsequent, walk);
  } else if (node instanceof UnlessNode) {
    collect(node.statements, walk);
    collect(node.elseClause, walk);
  } else if (node instanceof ElseNode) collect(node.statements, walk);
  else if (node instanceof CallNode) collectCall(node, walk);
}

function collectCall(node: CallNode, walk: Walk): void {
  const { scope, around } = walk;
  if (node.block instanceof BlockNode && node.name === 'each')
    return collectEach(node, node.block, walk);
  const [first, ...others] = argumentNodes(node);
  const name = first ? evaluate(first, scope) : undefined;
  const text = render(name);
  if (node.block instanceof BlockNode) {
    const inside = node.name === 'path' && text !== null ? text : around;
    collect(node.block.body, { ...walk, around: inside });
  }
  if (node.name !== 'gem' || !first || !name || text === null) return;
  const path = directoryOf(node, text, walk);
  if (path === undefined) return;
  const strings = others.filter((each) => !(each instanceof KeywordHashNode));
  walk.found.push({
    method: posix.basename(scope.file.source.file),
    name,
    requirements: strings.flatMap((each) => flatten(evaluate(each, scope))),
    source: scope.file.source,
    place: first.location,
    path,
  });
}

/** `%w[core app].each { |name| gem name, path: "../#{name}" }`. */
function collectEach(node: CallNode, block: BlockNode, walk: Walk): void {
  for (const round of rounds(node, block, walk.scope)) {
    const locals = new Map([...walk.scope.locals, ...round]);
    collect(block.body, { ...walk, scope: { ...walk.scope, locals } });
  }
}

/** In a `path` block a gem stands in a directory of its own, or in the one that the block names. */
function directoryOf(node: CallNode, name: string, { scope, around }: Walk): string | undefined {
  const own = pathOption(node, scope);
  if (own !== undefined) return workspacePath(own, scope);
  if (around === undefined) return undefined;
  const directory = workspacePath(around, scope);
  const nested = posix.join(directory, name);
  return hasGemspec(nested, scope.reader) || !hasGemspec(directory, scope.reader)
    ? nested
    : directory;
}

/** True for a directory in which a gem stands. */
export function hasGemspec(directory: string, reader: Reader): boolean {
  return reader.list(directory).some((name) => name.endsWith('.gemspec'));
}

/** An absolute path can only come from `__dir__` or `__FILE__`, which stand for places below the workspace. */
function workspacePath(path: string, { root }: Scope): string {
  return path.startsWith('/') ? posix.join('.', path) : posix.join(root, path);
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
