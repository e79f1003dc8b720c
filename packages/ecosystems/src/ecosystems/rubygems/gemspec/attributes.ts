import { AssocNode, HashNode, type CallNode } from '@ruby/prism/src/nodes.js';
import { argumentNodes, argumentsOf, evaluate, unknown } from '../ruby/evaluate';
import type { Node } from '../ruby/prism';
import { flatten, literalKey, literalsOf, render, type Value } from '../ruby/value';
import type { Branch, State } from './statements';

/** Attributes whose value is looked at; others (`files` and `git ls-files` above all) cost nothing. */
const attributesRead = ['name', 'version', 'extensions', 'metadata'];
const dependencyMethods = [
  'add_dependency',
  'add_runtime_dependency',
  'add_development_dependency',
];

interface Assignment {
  /** The local variable that holds the specification. */
  readonly spec: string;
  readonly name: string;
  readonly node: Node;
}

/**
 * A later assignment wins, but one under a condition (`s.version = … if ENV["CI"]`) never over one without. Two
 * branches that say different things leave the version open.
 */
export function assign({ spec, name, node }: Assignment, state: State, branch: Branch): void {
  if (!attributesRead.includes(name)) return;
  const { attributes, scope } = state;
  const before = attributes.get(name);
  if (branch.conditional && before && !(name === 'version' && before.conditional)) return;
  if (node instanceof HashNode && name === 'metadata') return assignMetadata(node, state);
  const assigned = evaluate(node, scope);
  const value =
    branch.conditional && before && !isSame(before.value, assigned)
      ? unknown(node, scope, 'it depends on a condition')
      : assigned;
  attributes.set(name, { value, place: node.location, conditional: branch.conditional });
  scope.locals.set(`${spec}.${name}`, value);
}

function isSame(a: Value, b: Value): boolean {
  const keys = [a, b].map((value) => literalsOf(value).map(literalKey).join());
  return render(a) === render(b) && keys[0] === keys[1];
}

/** The attribute is changed in a way that is not followed. */
export function spoil(name: string, node: Node, { attributes, scope, specs }: State): void {
  const before = attributes.get(name);
  if (!before) return;
  const value = unknown(node, scope);
  attributes.set(name, { ...before, value });
  for (const spec of specs) scope.locals.set(`${spec}.${name}`, value);
}

/** `spec.add_dependency "core", "~> 1.2", ">= 1.2.3"`. */
export function addDependency(node: CallNode, { scope, dependencies }: State): void {
  const [first] = argumentNodes(node);
  if (!dependencyMethods.includes(node.name) || !first) return;
  const [name, ...requirements] = argumentsOf(node, scope);
  dependencies.push({
    method: node.name,
    name: name as Value,
    requirements: requirements.flatMap(flatten),
    source: scope.file.source,
    place: first.location,
  });
}

function assignMetadata(node: HashNode, state: State): void {
  for (const element of node.elements) {
    if (!(element instanceof AssocNode)) continue;
    const key = render(evaluate(element.key, state.scope));
    if (key !== null) state.metadata.set(key, evaluate(element.value, state.scope));
  }
}

/** `spec.metadata["key"] = …`, `spec.extensions << …`, and what changes a version in place. */
export function changeAttribute(
  attribute: string,
  node: CallNode,
  state: State,
  branch: Branch,
): void {
  const values = argumentsOf(node, state.scope);
  if (attribute === 'metadata' && node.name === '[]=') {
    const key = render(values[0]);
    if (key !== null && values[1]) state.metadata.set(key, values[1]);
  }
  if (attribute === 'version' && node.name === '<<' && !branch.conditional)
    spoil(attribute, node, state);
  if (attribute !== 'extensions' || !['<<', 'push', 'concat'].includes(node.name)) return;
  const before = state.attributes.get(attribute)?.value;
  const items = [...(before ? flatten(before) : []), ...values.flatMap(flatten)];
  const value: Value = { kind: 'list', items };
  state.attributes.set(attribute, { value, place: node.location, conditional: false });
}
