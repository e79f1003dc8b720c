import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';

export type JsonPath = readonly (string | number)[];

/**
 * Puts a value where JSON (with comments) has none, and touches nothing else: `modify` of jsonc-parser 3.3
 * formats the neighbours too. The last step of `path` may be the index in an array to insert at.
 */
export function insertJson(text: string, path: JsonPath, value: unknown): string {
  const root = parseTree(text);
  if (root === undefined) return insertJson('{}\n', path, value);
  const { container, rest } = deepestContainer(root, path);
  const [step = 0, ...missing] = rest;
  return put(text, container, entryFor(container, step, nested(missing, value)));
}

/** The last place on the path that is there, and the steps that lead on from it. */
function deepestContainer(root: Node, path: JsonPath): { container: Node; rest: JsonPath } {
  for (let depth = path.length - 1; depth > 0; depth -= 1) {
    const container = findNodeAtLocation(root, path.slice(0, depth));
    if (container) return { container, rest: path.slice(depth) };
  }
  return { container: root, rest: path };
}

interface Entry {
  /** With its colon, or empty in an array. */
  readonly key: string;
  readonly value: unknown;
  /** How many of the container's entries stand before it. */
  readonly index: number;
}

function entryFor({ type, children = [] }: Node, step: string | number, value: unknown): Entry {
  if (type === 'array') return { key: '', value, index: Math.min(Number(step), children.length) };
  return { key: `${JSON.stringify(step)}: `, value, index: children.length };
}

/** The value with the objects and arrays around it that the missing steps name. */
function nested(missing: JsonPath, value: unknown): unknown {
  return missing.reduceRight<unknown>(
    (inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }),
    value,
  );
}

function put(text: string, container: Node, { key, value, index }: Entry): string {
  const { children = [] } = container;
  const [first, next, previous] = [children[0], children[index], children[index - 1]];
  const style = styleOf(text, container);
  const inner = first && !style.isMultiline(first) ? '' : style.lineBreak(1);
  const rendered = `${key}${inner === '' ? JSON.stringify(value) : style.render(value)}`;
  if (next) {
    const separator = inner === '' ? ' ' : inner;
    return splice(text, next.offset, next.offset, `${rendered},${separator}`);
  }
  const close = container.offset + container.length - 1;
  if (!previous) {
    const end = container.offset + 1 + text.slice(container.offset + 1, close).trimEnd().length;
    return splice(text, end, close, `${inner}${rendered}${style.lineBreak(0)}`);
  }
  const lastEnd = previous.offset + previous.length;
  const tail = text.slice(lastEnd, close).trimEnd();
  const withoutComments = tail.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  const comma = withoutComments.includes(',') ? '' : ',';
  const added = `${comma}${tail}${inner === '' ? ' ' : inner}${rendered}`;
  return splice(text, lastEnd, lastEnd + tail.length, added);
}

/** How the file is written: its line ends, its indentation, and the place of `container` in it. */
function styleOf(text: string, container: Node) {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const line = text.slice(text.lastIndexOf('\n', container.offset) + 1);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const lineBreak = (deeper: 0 | 1): string => `${eol}${indent}${unit.repeat(deeper)}`;
  return {
    lineBreak,
    isMultiline: (first: Node): boolean =>
      text.slice(container.offset, first.offset).includes('\n'),
    render: (value: unknown): string =>
      JSON.stringify(value, null, unit).replaceAll('\n', lineBreak(1)),
  };
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
