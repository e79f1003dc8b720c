import {
  BeginNode,
  BlockNode,
  CallNode,
  CallOperatorWriteNode,
  CaseNode,
  ConstantWriteNode,
  ElseNode,
  IfNode,
  LocalVariableOperatorWriteNode,
  LocalVariableOrWriteNode,
  LocalVariableReadNode,
  LocalVariableWriteNode,
  ParenthesesNode,
  StatementsNode,
  UnlessNode,
  WhenNode,
} from '@ruby/prism/src/nodes.js';
import { argumentNodes, evaluate, unknown } from '../ruby/evaluate';
import type { Node } from '../ruby/prism';
import { blockParameter, rounds } from '../ruby/loop';
import { constantName } from '../ruby/ruby-file';
import type { Scope } from '../ruby/scope';
import type { Value } from '../ruby/value';
import { addDependency, assign, changeAttribute, spoil } from './attributes';
import type { SpecAttribute, SpecDependency } from './specification';

export interface State {
  readonly scope: Scope;
  readonly attributes: Map<string, SpecAttribute>;
  readonly metadata: Map<string, Value>;
  readonly dependencies: SpecDependency[];
  /** Local variables that hold the specification. */
  readonly specs: Set<string>;
}

export interface Branch {
  readonly conditional: boolean;
}

/** Follows statements one by one. All branches of conditions are followed; what one of them says is conditional. */
export function follow(node: Node | null, state: State, branch: Branch): void {
  if (node instanceof StatementsNode) for (const child of node.body) follow(child, state, branch);
  else if (node instanceof CallNode) followCall(node, state, branch);
  else if (node instanceof CallOperatorWriteNode) followOperator(node, state, branch);
  else if (node instanceof ConstantWriteNode) follow(node.value, state, branch);
  else if (node instanceof BeginNode) follow(node.statements, state, branch);
  else if (node instanceof ParenthesesNode) follow(node.body, state, branch);
  else {
    followLocal(node, state, branch);
    followCondition(node, state, { conditional: true });
  }
}

function followCondition(node: Node | null, state: State, branch: Branch): void {
  if (node instanceof IfNode) {
    follow(node.statements, state, branch);
    followCondition(node.subsequent, state, branch);
  } else if (node instanceof UnlessNode) {
    follow(node.statements, state, branch);
    followCondition(node.elseClause, state, branch);
  } else if (node instanceof CaseNode)
    for (const each of [...node.conditions, node.elseClause]) followCondition(each, state, branch);
  else if (node instanceof ElseNode || node instanceof WhenNode)
    follow(node.statements, state, branch);
}

function followLocal(node: Node | null, state: State, { conditional }: Branch): void {
  const { locals } = state.scope;
  if (node instanceof LocalVariableWriteNode) {
    if (node.value instanceof CallNode && makesSpecification(node.value)) {
      state.specs.add(node.name);
      followCall(node.value, state, { conditional });
    } else if (!conditional || !locals.has(node.name))
      locals.set(node.name, evaluate(node.value, state.scope));
  } else if (node instanceof LocalVariableOrWriteNode) {
    if (!locals.has(node.name)) locals.set(node.name, evaluate(node.value, state.scope));
  } else if (node instanceof LocalVariableOperatorWriteNode && !conditional)
    locals.set(node.name, unknown(node, state.scope));
}

/** `spec.version += ".pre"`. */
function followOperator(node: CallOperatorWriteNode, state: State, { conditional }: Branch): void {
  if (!conditional && isSpec(node.receiver, state)) spoil(node.readName, node, state);
}

function followCall(node: CallNode, state: State, branch: Branch): void {
  const { receiver } = node;
  if (makesSpecification(node)) return followSpecification(node, node, state, branch);
  // `Gem::Specification.new.tap do |spec|`
  if (receiver instanceof CallNode && makesSpecification(receiver))
    return followSpecification(receiver, node, state, branch);
  if (receiver instanceof LocalVariableReadNode && state.specs.has(receiver.name))
    return followSpecCall(receiver.name, node, state, branch);
  if (receiver instanceof CallNode && isSpec(receiver.receiver, state))
    return changeAttribute(receiver.name, node, state, branch);
  if (receiver instanceof LocalVariableReadNode && node.name === '<<' && !branch.conditional)
    state.scope.locals.set(receiver.name, unknown(node, state.scope));
  if (node.block instanceof BlockNode) followBlock(node, node.block, state, branch);
}

function isSpec(node: Node | null, { specs }: State): boolean {
  return node instanceof LocalVariableReadNode && specs.has(node.name);
}

function makesSpecification(node: CallNode): boolean {
  return node.name === 'new' && constantName(node.receiver) === 'Gem::Specification';
}

function followSpecification(made: CallNode, call: CallNode, state: State, branch: Branch): void {
  const block = call.block instanceof BlockNode ? call.block : null;
  const parameter = blockParameter(block) ?? '';
  state.specs.add(parameter);
  const [name, version] = argumentNodes(made);
  if (name) assign({ spec: parameter, name: 'name', node: name }, state, branch);
  if (version) assign({ spec: parameter, name: 'version', node: version }, state, branch);
  if (block) follow(block.body, state, branch);
}

function followSpecCall(spec: string, node: CallNode, state: State, branch: Branch): void {
  const { name } = node;
  const [first] = argumentNodes(node);
  if (name.endsWith('=') && first)
    assign({ spec, name: name.slice(0, -1), node: first }, state, branch);
  else addDependency(node, state);
}

/** Loops over lists that are known are followed once for each item; other blocks once. */
function followBlock(node: CallNode, block: BlockNode, state: State, branch: Branch): void {
  if (node.name !== 'each') return follow(block.body, state, branch);
  for (const locals of rounds(node, block, state.scope)) {
    for (const [name, value] of locals) state.scope.locals.set(name, value);
    follow(block.body, state, { conditional: true });
  }
}
