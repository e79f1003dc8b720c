import { ForgeError } from '../../errors';
import { fail, ok, type Result, type Source } from '../../model';
import { located } from '../../text';
import { isAtom, itemsOf, parseNodes, Unreadable, type Node } from './erlang';

/** Terms of a file as `:file.consult/1` reads it. FORGE-M002 for everything else. */
export function consult(source: Source): Result<readonly Node[]> {
  const nodes = parseNodes(source.text);
  if (!(nodes instanceof Unreadable)) return ok(nodes);
  const what = `\`${source.file}\` is no list of Erlang terms`;
  return fail(new ForgeError('FORGE-M002', { what, ...located(source, nodes.offset) }));
}

/** The first tuple that begins with an atom: `{application, ...}`, `{deps, ...}`. */
export function taggedTerm(nodes: readonly Node[], tag: string): readonly Node[] | undefined {
  const found = nodes.find((node) => node.kind === 'tuple' && isAtom(node.items[0], tag));
  return found && itemsOf(found);
}
