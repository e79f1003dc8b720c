import type { Alias, Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { YamlOutcome, YamlProblem, YamlSyntax } from './yaml-compose';

/** A value with its place: exactly one of `scalar`, `entries` and `items` is there. */
export interface YamlNode {
  readonly start: number;
  readonly end: number;
  readonly scalar?: { readonly value: unknown; readonly text: string; readonly quoted: boolean };
  readonly entries?: Map<string, YamlNode>;
  readonly items?: YamlNode[];
  aliased: boolean;
}

type Written = ParsedNode | Alias | null;

/** Values with their places; aliases are the very nodes of their anchors, so that no document can blow up. */
export function createYamlTree({ contents, range }: YamlSyntax): YamlOutcome<YamlNode> {
  const anchors = new Map<string, YamlNode>();
  const problems: YamlProblem[] = [];
  // Loaded already, by the caller.
  const { isAlias, isMap, isScalar, isSeq } = require('yaml') as typeof import('yaml');

  function nodeOf(written: Written, at: number): YamlNode {
    if (isScalar(written)) return anchored(written, scalarOf(written as Scalar.Parsed));
    if (isMap(written)) return mapping(written as YAMLMap.Parsed);
    if (isSeq(written)) return sequence(written as YAMLSeq.Parsed);
    if (isAlias(written)) return aliasOf(written);
    return nothingAt(at);
  }

  function anchored({ anchor }: { anchor?: string }, node: YamlNode): YamlNode {
    // A later anchor of the same name takes over from here on, as YAML says.
    if (anchor !== undefined) anchors.set(anchor, node);
    return node;
  }

  function aliasOf({ source, range: place }: Alias): YamlNode {
    const [start = 0, end = 0] = place ?? [];
    const node = anchors.get(source);
    if (node) node.aliased = true;
    else problems.push({ reason: `nothing is called \`&${source}\` before`, start, end });
    return node ?? nothingAt(start);
  }

  function sequence(written: YAMLSeq.Parsed): YamlNode {
    const node = { ...placed(written), items: [] as YamlNode[] };
    anchored(written, node);
    for (const item of written.items) node.items.push(nodeOf(item as Written, node.start));
    return node;
  }

  function mapping(written: YAMLMap.Parsed): YamlNode {
    const node = { ...placed(written), entries: new Map<string, YamlNode>() };
    anchored(written, node);
    const merged: YamlNode[] = [];
    for (const { key, value } of written.items as Pair<ParsedNode, ParsedNode | null>[]) {
      const [start, end] = key.range;
      const name = isScalar(key) ? String(key.source ?? key.value) : undefined;
      const found = nodeOf(value, end);
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') merged.push(found);
      else if (name !== undefined && node.entries.has(name))
        problems.push({ reason: `the key \`${name}\` stands there twice`, start, end });
      else if (name !== undefined) node.entries.set(name, found);
    }
    for (const each of merged.flatMap((found) => found.items ?? [found]))
      for (const [name, found] of each.entries ?? [])
        if (!node.entries.has(name)) node.entries.set(name, found);
    return node;
  }

  const root = nodeOf(contents, range[0]);
  const [problem] = problems;
  return problem ? { ok: false, problem } : { ok: true, value: root };
}

function placed({ range: [start, end] }: ParsedNode): Pick<YamlNode, 'start' | 'end' | 'aliased'> {
  return { start, end, aliased: false };
}

function scalarOf(written: Scalar.Parsed): YamlNode {
  const { value, source, type } = written;
  const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
  return { ...placed(written), scalar: { value, text: source, quoted } };
}

function nothingAt(at: number): YamlNode {
  const scalar = { value: null, text: '', quoted: false };
  return { start: at, end: at, aliased: false, scalar };
}
