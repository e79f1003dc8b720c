import { posix } from 'node:path';
import type { Reader, Source } from '../../../model';
import type { Location } from '../ruby/prism';
import { loadRuby, type RubyFile } from '../ruby/ruby-file';
import { topScope } from '../ruby/scope';
import type { Value } from '../ruby/value';
import { follow, type State } from './statements';

export interface SpecAttribute {
  readonly value: Value;
  readonly place: Location;
  /** True while only a branch of a condition has given it. */
  readonly conditional: boolean;
}

export interface SpecDependency {
  /** `add_dependency` and its kin, or the name of the Gemfile that it stands in. */
  readonly method: string;
  readonly name: Value;
  /** One value per string. */
  readonly requirements: readonly Value[];
  readonly source: Source;
  readonly place: Location;
}

/** What a `Gem::Specification.new` block says, statement by statement, branches of conditions included. */
export interface Specification {
  readonly attributes: ReadonlyMap<string, SpecAttribute>;
  readonly metadata: ReadonlyMap<string, Value>;
  readonly dependencies: readonly SpecDependency[];
  readonly inputs: ReadonlySet<string>;
}

/** Reads a gemspec without running it; undefined when the file makes no specification. */
export function readSpecification(
  file: RubyFile,
  reader: Reader,
  loading: readonly string[] = [],
): Specification | undefined {
  const chain = [...loading, file.source.file];
  const scope = topScope(file, reader, {
    root: posix.dirname(file.source.file),
    specification: (path) => loadSpecification(path, reader, chain, scope.inputs),
  });
  const state: State = {
    scope,
    attributes: new Map(),
    metadata: new Map(),
    dependencies: [],
    specs: new Set(),
  };
  follow(file.parsed.value.statements, state, { conditional: false });
  return state.specs.size === 0 ? undefined : { ...state, inputs: scope.inputs };
}

/** A gemspec that another one loads; `chain` are those being read, against cycles. */
function loadSpecification(
  path: string,
  reader: Reader,
  chain: readonly string[],
  inputs: Set<string>,
): Extract<Value, { kind: 'specification' }> | undefined {
  const file = chain.includes(path) ? undefined : loadRuby(path, reader);
  const specification = file && readSpecification(file, reader, chain);
  if (!specification) return undefined;
  for (const input of [path, ...specification.inputs]) inputs.add(input);
  const { attributes } = specification;
  const values = [...attributes].map(([name, { value }]) => [name, value] as const);
  return { kind: 'specification', attributes: new Map(values) };
}
