import {
  AssocNode,
  BeginNode,
  BlockNode,
  BlockParametersNode,
  CallNode,
  ConstantWriteNode,
  ElseNode,
  FloatNode,
  HashNode,
  IfNode,
  LocalVariableReadNode,
  LocalVariableWriteNode,
  ParenthesesNode,
  RequiredParameterNode,
  StatementsNode,
  UnlessNode,
} from '@ruby/prism/src/nodes.js';
import { argumentNodes, argumentsOf, evaluate } from './ruby/evaluate';
import type { Location, Node } from './ruby/prism';
import { constantName, type RubyFile } from './ruby/ruby-file';
import type { Scope } from './ruby/scope';
import { flatten, render, type Value } from './ruby/value';
import type { Reader } from '../../model';
import { posix } from 'node:path';

export interface SpecAttribute {
  readonly value: Value;
  readonly place: Location;
  /** A number with a point: RubyGems takes it, but it has lost its zeros. */
  readonly float: boolean;
}

export interface SpecDependency {
  /** `add_dependency` and its kin. */
  readonly method: string;
  readonly name: Value;
  /** One value per string. */
  readonly requirements: readonly Value[];
  readonly place: Location;
  /** True inside of a loop, where one text serves several dependencies. */
  readonly shared: boolean;
}

/** What a `Gem::Specification.new` block says, statement by statement, branches of conditions included. */
export interface Specification {
  readonly attributes: ReadonlyMap<string, SpecAttribute>;
  readonly metadata: ReadonlyMap<string, Value>;
  readonly dependencies: readonly SpecDependency[];
  readonly inputs: ReadonlySet<string>;
}

/** Attributes whose value is looked at; others (`files` and `git ls-files` above all) cost nothing. */
const attributesRead = ['name', 'version', 'extensions', 'metadata'];
const dependencyMethods = [
  'add_dependency',
  'add_runtime_dependency',
  'add_development_dependency',
];

interface State {
  readonly scope: Scope;
  readonly attributes: Map<string, SpecAttribute>;
  readonly metadata: Map<string, Value>;
  readonly dependencies: SpecDependency[];
  /** Local variables that hold the specification. */
  readonly specs: Set<string>;
}

interface Branch {
  readonly conditional: boolean;
  readonly shared: boolean;
}

/** Reads a gemspec without running it; undefined when the file makes no specification. */
export function readSpecification(file: RubyFile, reader: Reader): Specification | undefined {
  const scope: Scope = {
    file,
    nesting: [],
    locals: new Map(),
    reader,
    root: posix.dirname(file.source.file),
    inputs: new Set(),
    pending: [],
  };
  const { inputs } = scope;
  const state: State = {
    scope,
    attributes: new Map(),
    metadata: new Map(),
    dependencies: [],
    specs: new Set(),
  };
  follow(file.parsed.value.statements, state, { conditional: false, shared: false });
  return state.specs.size === 0 ? undefined : { ...state, inputs };
}

function follow(node: Node | null, state: State, branch: Branch): void {
  if (node instanceof StatementsNode) for (const child of node.body) follow(child, state, branch);
  else if (node instanceof CallNode) followCall(node, state, branch);
  else if (node instanceof LocalVariableWriteNode) followLocal(node, state, branch);
  else if (node instanceof ConstantWriteNode) follow(node.value, state, branch);
  else if (node instanceof BeginNode || node instanceof ParenthesesNode)
    follow(node instanceof BeginNode ? node.statements : node.body, state, branch);
  else followCondition(node, state, { ...branch, conditional: true });
}

function followCondition(node: Node | null, state: State, branch: Branch): void {
  if (node instanceof IfNode) {
    follow(node.statements, state, branch);
    followCondition(node.subsequent, state, branch);
  } else if (node instanceof UnlessNode) {
    follow(node.statements, state, branch);
    followCondition(node.elseClause, state, branch);
  } else if (node instanceof ElseNode) follow(node.statements, state, branch);
}

function followLocal(node: LocalVariableWriteNode, state: State, branch: Branch): void {
  if (node.value instanceof CallNode && makesSpecification(node.value)) {
    state.specs.add(node.name);
    followCall(node.value, state, branch);
  } else if (!branch.conditional || !state.scope.locals.has(node.name))
    state.scope.locals.set(node.name, evaluate(node.value, state.scope));
}

function followCall(node: CallNode, state: State, branch: Branch): void {
  if (makesSpecification(node)) return followSpecification(node, state, branch);
  const { receiver } = node;
  if (receiver instanceof LocalVariableReadNode && state.specs.has(receiver.name))
    return followSpecCall(receiver.name, node, state, branch);
  if (receiver instanceof CallNode && isAttributeOfSpec(receiver, state))
    return followAttributeCall(receiver.name, node, state);
  if (node.block instanceof BlockNode) followBlock(node, node.block, state, branch);
}

function makesSpecification(node: CallNode): boolean {
  return node.name === 'new' && constantName(node.receiver) === 'Gem::Specification';
}

function followSpecification(node: CallNode, state: State, branch: Branch): void {
  const block = node.block instanceof BlockNode ? node.block : null;
  const parameter = parametersOf(block)[0] ?? '';
  state.specs.add(parameter);
  const [name, version] = argumentNodes(node);
  if (name) assign(parameter, 'name', name, state, branch);
  if (version) assign(parameter, 'version', version, state, branch);
  if (block) follow(block.body, state, branch);
}

function parametersOf(block: BlockNode | null): readonly string[] {
  if (!(block?.parameters instanceof BlockParametersNode)) return [];
  const required = block.parameters.parameters?.requireds ?? [];
  return required.flatMap((each) => (each instanceof RequiredParameterNode ? [each.name] : []));
}

function followSpecCall(spec: string, node: CallNode, state: State, branch: Branch): void {
  const { name } = node;
  const [first] = argumentNodes(node);
  if (name.endsWith('=') && first) assign(spec, name.slice(0, -1), first, state, branch);
  if (!dependencyMethods.includes(name) || !first) return;
  const [dependency, ...requirements] = argumentsOf(node, state.scope);
  state.dependencies.push({
    method: name,
    name: dependency as Value,
    requirements: requirements.flatMap(flatten),
    place: first.location,
    shared: branch.shared,
  });
}

/** A later assignment wins, but one under a condition (`s.version = … if ENV["CI"]`) never over one without. */
function assign(spec: string, name: string, node: Node, state: State, branch: Branch): void {
  if (!attributesRead.includes(name)) return;
  if (branch.conditional && state.attributes.has(name)) return;
  if (node instanceof HashNode && name === 'metadata') return followMetadata(node, state);
  const value = evaluate(node, state.scope);
  state.attributes.set(name, { value, place: node.location, float: node instanceof FloatNode });
  state.scope.locals.set(`${spec}.${name}`, value);
}

function followMetadata(node: HashNode, state: State): void {
  for (const element of node.elements) {
    if (!(element instanceof AssocNode)) continue;
    const key = render(evaluate(element.key, state.scope));
    if (key !== null) state.metadata.set(key, evaluate(element.value, state.scope));
  }
}

function isAttributeOfSpec(node: CallNode, state: State): boolean {
  return node.receiver instanceof LocalVariableReadNode && state.specs.has(node.receiver.name);
}

/** `spec.metadata["key"] = …` and `spec.extensions << …`. */
function followAttributeCall(attribute: string, node: CallNode, state: State): void {
  const values = argumentsOf(node, state.scope);
  if (attribute === 'metadata' && node.name === '[]=') {
    const key = render(values[0]);
    if (key !== null && values[1]) state.metadata.set(key, values[1]);
  }
  if (attribute !== 'extensions' || !['<<', 'push', 'concat'].includes(node.name)) return;
  const before = state.attributes.get(attribute)?.value;
  const items = [...(before ? flatten(before) : []), ...values.flatMap(flatten)];
  const value: Value = { kind: 'list', items };
  state.attributes.set(attribute, { value, place: node.location, float: false });
}

/** `%w[a b].each do |name| … end` is followed once for each; other blocks once. */
function followBlock(node: CallNode, block: BlockNode, state: State, branch: Branch): void {
  const [parameter] = parametersOf(block);
  if (node.name !== 'each' || parameter === undefined) return follow(block.body, state, branch);
  const items = evaluate(node.receiver, state.scope);
  for (const item of flatten(items)) {
    state.scope.locals.set(parameter, item);
    follow(block.body, state, { conditional: true, shared: true });
  }
}
