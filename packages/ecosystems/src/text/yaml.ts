import { ForgeError } from '../errors';
import { fail, ok, type Result } from '../model/result';
import type { Source } from '../model/source';
import { located } from './frame';
import { composeYaml } from './yaml-compose';
import { createYamlTree, type YamlNode } from './yaml-tree';

export type YamlPath = readonly (string | number)[];

/** Where a value stands, in offsets into `source.text`. Behind an alias this is the text of its anchor. */
export interface YamlSpan {
  readonly kind: 'scalar' | 'mapping' | 'sequence';
  /** What a scalar means in the core schema of YAML 1.2: `1.20` is a number, `~` is null. Undefined for the others. */
  readonly value?: unknown;
  /** The text of a scalar, whatever its type, without quotes and escapes: `1.20` stays `1.20`. */
  readonly text?: string;
  readonly start: number;
  readonly end: number;
  /** For a quoted scalar: the text between its quotes. For everything else: `start` and `end` again. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** True for a scalar that stands in the file as it reads, so that offsets into `text` are offsets into the file. */
  readonly verbatim: boolean;
  /** True for a scalar that other places mean as well, by an alias (`*name`): an edit changes them all. */
  readonly aliased: boolean;
}

/** One YAML document. Aliases are followed and `<<` is merged; a key of the mapping itself wins over a merged one. */
export interface YamlDocument {
  find(path: YamlPath): YamlSpan | undefined;
  /** The members of the mapping at `path`, in document order, merged ones last. Empty for everything else. */
  members(path: YamlPath): readonly { readonly key: string; readonly span: YamlSpan }[];
  /** The items of the sequence at `path`. Empty for everything else. */
  items(path: YamlPath): readonly YamlSpan[];
}

/**
 * A YAML file with the places of everything in it. FORGE-M001 for one without content, FORGE-M002 with place
 * and frame for a broken one, for duplicate keys, for aliases without anchor, and for several documents.
 */
export function parseYaml(source: Source): Result<YamlDocument> {
  if (source.text.replace(/#.*/g, '').trim() === '') return fail(empty(source));
  const composed = composeYaml(source.text);
  const tree = composed.ok ? createYamlTree(composed.value) : composed;
  if (!tree.ok) {
    const { reason, start, end } = tree.problem;
    return fail(
      new ForgeError('FORGE-M002', {
        what: `\`${source.file}\` is not valid YAML: ${reason}`,
        ...located(source, start, Math.max(1, end - start)),
      }),
    );
  }
  return ok(documentOf(source, tree.value));
}

function empty({ file }: Source): ForgeError {
  return new ForgeError('FORGE-M001', { what: `\`${file}\` is empty`, where: { file } });
}

function documentOf(source: Source, root: YamlNode): YamlDocument {
  const at = (path: YamlPath): YamlNode | undefined =>
    path.reduce<YamlNode | undefined>((node, step) => node && child(node, step), root);
  return {
    find(path) {
      const node = at(path);
      return node && spanOf(source, node);
    },
    members(path) {
      const entries = at(path)?.entries ?? [];
      return [...entries].map(([key, node]) => ({ key, span: spanOf(source, node) }));
    },
    items: (path) => (at(path)?.items ?? []).map((node) => spanOf(source, node)),
  };
}

function child(node: YamlNode, step: string | number): YamlNode | undefined {
  return typeof step === 'number' ? node.items?.[step] : node.entries?.get(step);
}

function spanOf(source: Source, node: YamlNode): YamlSpan {
  const { start, end, scalar, aliased } = node;
  if (!scalar) {
    const kind = node.entries ? 'mapping' : 'sequence';
    return { kind, start, end, contentStart: start, contentEnd: end, verbatim: false, aliased };
  }
  const quote = scalar.quoted ? 1 : 0;
  const [contentStart, contentEnd] = [start + quote, end - quote];
  const verbatim = source.text.slice(contentStart, contentEnd) === scalar.text;
  const { value, text } = scalar;
  return { kind: 'scalar', value, text, start, end, contentStart, contentEnd, verbatim, aliased };
}
