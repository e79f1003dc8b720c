/** A term with its place; offsets into the source text, `end` exclusive. */
export type Node = { readonly start: number; readonly end: number } & (
  | {
      readonly kind: 'text' | 'binary';
      readonly value: string;
      /** Span of the characters between the quotes, where they are all of it and say what they are. */
      readonly content?: { readonly start: number; readonly end: number };
    }
  | { readonly kind: 'atom'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'list' | 'tuple'; readonly items: readonly Node[] }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [Node, Node])[] }
);

export type TextNode = Node & { readonly kind: 'text' | 'binary' };

/** Elements of a list or a tuple; empty for everything else. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' || node?.kind === 'tuple' ? node.items : [];
}

export function isAtom(node: Node | undefined, value: string): boolean {
  return node?.kind === 'atom' && node.value === value;
}

export function isText(node: Node | undefined): node is TextNode {
  return node?.kind === 'text' || node?.kind === 'binary';
}

/** The value of a key in a property list; of a key that stands twice the first counts. */
export function propertyOf(list: Node | undefined, key: string): Node | undefined {
  const found = itemsOf(list).find((each) => each.kind === 'tuple' && isAtom(each.items[0], key));
  return itemsOf(found)[1];
}
