import { posix } from 'node:path';
import type { DependencyKind } from '../../model';
import { nameOf } from './elixir/keywords';
import { pairIn, pairsOf } from './elixir/module';
import { resolve, type Scope } from './elixir/resolve';
import type { Expression, Pair, Span } from './elixir/syntax';

/** A dependency with the places at which it is written. */
export interface DependencyEntry {
  readonly app: string;
  /** Name in the registry: the option `hex:`, else the application. */
  readonly name: string;
  /** The requirement as it stands in the entry: a literal, an attribute, a call; absent where there is none. */
  readonly requirementAt?: Expression;
  /** Its keyword lists: its own, and those that attributes stand for. */
  readonly lists: readonly Expression[];
  /** The whole `{:app, ...}` or `app: ...`. */
  readonly entry: Span;
  /** The name's own span: `:app`, or `app:` of the keyword form. */
  readonly head: Span;
  readonly scope: Scope;
}

/** `{:app, requirement?, options?}`, or `app: requirement`, or `app: options`. */
export function dependencyEntries(expression: Expression, scope: Scope): DependencyEntry[] {
  const entry = { start: expression.start, end: expression.end };
  if (expression.kind === 'pair') {
    const head = { start: expression.start, end: expression.start + expression.key.length + 1 };
    return [describe(expression.key, [expression.value], { entry, head, scope })];
  }
  if (expression.kind !== 'tuple') return [];
  const [first, ...rest] = expression.items;
  if (first?.kind !== 'atom') return [];
  return [describe(first.value, rest, { entry, head: first, scope })];
}

function describe(
  app: string,
  parts: readonly Expression[],
  place: Pick<DependencyEntry, 'entry' | 'head' | 'scope'>,
): DependencyEntry {
  const lists = parts.map((part) => resolve(part, place.scope).expression);
  const requirementAt = parts.find((_, index) => lists[index]?.kind !== 'list');
  const isNil = requirementAt?.kind === 'atom' && requirementAt.value === 'nil';
  return {
    app,
    name: optionOf({ lists, scope: place.scope }, 'hex') ?? app,
    lists,
    ...place,
    ...(requirementAt && !isNil ? { requirementAt } : {}),
  };
}

/** All options, in order. */
export function optionsOf({ lists }: DependencyEntry): readonly Pair[] {
  return lists.flatMap(pairsOf);
}

function optionPair(lists: readonly Expression[], key: string): Pair | undefined {
  for (const list of lists) {
    const found = pairIn(list, key);
    if (found) return found;
  }
  return undefined;
}

/** The value of an option: the characters of a literal text or atom. */
function optionOf(
  { lists, scope }: Pick<DependencyEntry, 'lists' | 'scope'>,
  key: string,
): string | undefined {
  const option = optionPair(lists, key);
  return option && nameOf({ value: option.value, scope });
}

/**
 * `only:` without `:prod` is not for users; `runtime: false` is needed to compile. An `only:` that cannot be
 * read counts as runtime: a dependency too many keeps the order right, one too few does not.
 */
export function kindOf(entry: DependencyEntry): DependencyKind {
  const only = optionPair(entry.lists, 'only');
  if (only) {
    const { expression } = resolve(only.value, entry.scope);
    const items = expression.kind === 'list' ? expression.items : [expression];
    const names = items.map((item) => (item.kind === 'atom' ? item.value : 'prod'));
    if (!names.includes('prod')) return 'dev';
  }
  if (optionOf(entry, 'optional') === 'true') return 'optional';
  return optionOf(entry, 'runtime') === 'false' ? 'build' : 'runtime';
}

/** Directory of a local dependency, relative to the workspace; an umbrella's apps are siblings. */
export function localPath(entry: DependencyEntry, directory: string): string | undefined {
  const path = optionOf(entry, 'path');
  if (path !== undefined) return posix.join(directory, path);
  return isInUmbrella(entry) ? posix.join(directory, '..', entry.app) : undefined;
}

export function isInUmbrella(entry: DependencyEntry): boolean {
  return optionOf(entry, 'in_umbrella') === 'true';
}
