import { ok, type Result, type Source } from '../../model';
import { isAtom, isText, itemsOf, type Node } from './erlang';
import { consult, taggedTerm } from './erlang-file';
import { erlangText } from './place';
import type { StatedDependency } from './stated-dependency';

/**
 * Dependencies of the default profile of a rebar.config (rebar3 3.19): `name`, `{name, "~> 1.2"}`,
 * `{name, "~> 1.2", {pkg, other}}`, `{name, {git, ...}}`.
 */
export function rebarDependencies(source: Source): Result<readonly StatedDependency[]> {
  const nodes = consult(source);
  if (!nodes.ok) return nodes;
  const [, list] = taggedTerm(nodes.value, 'deps') ?? [];
  return ok(itemsOf(list).flatMap((item) => dependencyOf(item, source)));
}

function dependencyOf(item: Node, source: Source): StatedDependency[] {
  const [head, ...rest] = item.kind === 'atom' ? [item] : itemsOf(item);
  if (head?.kind !== 'atom') return [];
  const [tag, packaged] = itemsOf(rest.find(({ kind }) => kind === 'tuple'));
  const isPackage = tag === undefined || isAtom(tag, 'pkg');
  const name = isPackage && packaged?.kind === 'atom' ? packaged.value : head.value;
  const requirement = isPackage ? rest.find(isText) : undefined;
  const place = requirement && erlangText(requirement, source, 'deps');
  const { value = null, fixed } = place ?? {};
  return [
    {
      dependency: {
        name,
        ...(name === head.value ? {} : { alias: head.value }),
        kind: 'runtime',
        section: 'rebar.config',
        requirement: value,
        ...(fixed === undefined ? {} : { fixed }),
      },
      ...(place ? { place } : {}),
    },
  ];
}
