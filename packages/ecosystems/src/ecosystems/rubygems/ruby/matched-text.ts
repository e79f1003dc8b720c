import { posix } from 'node:path';
import { CallNode, IntegerNode, RegularExpressionNode, type Node } from '@ruby/prism/src/nodes.js';
import { argumentNodes, evaluate } from './evaluate';
import type { Scope } from './scope';
import { onlyLiteral, type Literal, type Value } from './value';

/**
 * `File.read("Cargo.toml")[/version = "(.*)"/, 1]` and `….match(/…/)[1]`. A regular expression of somebody else
 * is not run, it may take for ever: those that look for `name = "(…)"` are recognised, and searched for here.
 */
export function matchedText(receiver: Node, node: CallNode, scope: Scope): Value | undefined {
  const search = searchOf(receiver, node);
  if (!search) return undefined;
  const pattern = assignment(search.pattern);
  const file = onlyLiteral(evaluate(search.text, scope));
  if (!pattern || file?.kind !== 'file') return undefined;
  const match = pattern.exec(file.source.text);
  if (!match) return undefined;
  const [whole, text = ''] = match;
  const start = match.index + whole.lastIndexOf(text);
  return { kind: 'text', pieces: [found(file, start, text)] };
}

/** The text and the regular expression whose first group is taken. */
function searchOf(
  receiver: Node,
  node: CallNode,
): { readonly text: Node; readonly pattern: string } | undefined {
  const args = argumentNodes(node);
  const group = args.at(-1);
  if (!(group instanceof IntegerNode) || Number(group.value) !== 1) return undefined;
  const inline = args.length === 2;
  const call = receiver instanceof CallNode && receiver.name === 'match' ? receiver : undefined;
  const text = inline ? receiver : call?.receiver;
  const expression = inline ? args[0] : call && argumentNodes(call)[0];
  if (!text || !(expression instanceof RegularExpressionNode)) return undefined;
  return { text, pattern: expression.unescaped.value };
}

/** `^version\s*=\s*"([^"]+)"` and what is written like it. */
const shape =
  /^(\^|\\b|)(\w+)((?: |\\s)[*+]?|)=((?: |\\s)[*+]?|)(?:["']|\[["']{2}\])\(([^()]+)\)(?:["']|\[["']{2}\])?/;

function assignment(pattern: string): RegExp | undefined {
  const [, anchor, name, before, after] = shape.exec(pattern) ?? [];
  if (name === undefined) return undefined;
  // Between quotes of any kind, on one line: a version holds no quotes.
  return new RegExp(`${anchor}${name}${before}=${after}["']([^"'\\r\\n]+)["']`, 'm');
}

/** What stands in a file of Ruby, or in one that holds the version alone, is the gem's own. */
function found({ source }: Literal, start: number, text: string): Literal {
  const own = ['.rb', ''].includes(posix.extname(source.file));
  const content = {
    startOffset: Buffer.byteLength(source.text.slice(0, start), 'utf8'),
    length: Buffer.byteLength(text, 'utf8'),
  };
  return { source, kind: own ? 'file' : 'followed', text, content, whole: content };
}
