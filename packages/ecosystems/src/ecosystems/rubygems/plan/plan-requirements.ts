import { all, fail, ok, type RequirementChange, type Result } from '../../../model';
import type { EditReason } from '../../../text';
import type { DependencyPlaces, FoundDependencies, RequirementText } from '../places';
import { requirement, rewriteClauses } from '../requirement';
import { editLiteral } from '../ruby/literal-edit';
import {
  literalKey,
  onlyLiteral,
  render,
  type Literal,
  type LiteralEdits,
  type Value,
} from '../ruby/value';
import type { Planned } from './plan-change';
import { atDependency, lockStepRefusal, requirementRefusal, sharedRefusal } from './refusals';

type Asked = Pick<RequirementChange, 'version' | 'policy'>;

/** A dependency whose requirement is to accept a version. */
export interface Wish {
  readonly place: DependencyPlaces;
  readonly asked: Asked;
}

/** A literal that gets another text. */
interface Rewritten {
  readonly wish: Wish;
  readonly literal: Literal;
  readonly text: string;
  readonly reason: EditReason;
}

/**
 * Only the strings that fail change. `texts` are the edits of the own version: a requirement that follows it is
 * looked at as it will read then, and is never edited. One that follows another gem's version is as its release
 * writes it, which is seen when all is read back.
 */
export function planRequirements(
  wishes: readonly Wish[],
  texts: LiteralEdits,
  users: FoundDependencies['users'],
): Result<Planned> {
  const rewritten = all(wishes.map((wish) => rewrite(wish, texts)));
  if (!rewritten.ok) return rewritten;
  const changes = rewritten.value.flat();
  const edits = new Map(changes.map(({ literal, text }) => [literalKey(literal), text]));
  const torn = changes.find((change) => isTorn(change, { edits, users, wishes, texts }));
  if (torn) {
    const { place, asked } = torn.wish;
    const others = users.get(literalKey(torn.literal)) ?? new Set();
    return fail(sharedRefusal(place, asked.version, others));
  }
  return ok({
    texts: edits,
    edits: changes.map(({ literal, text, reason }) => editLiteral(literal, text, reason)),
  });
}

function rewrite(wish: Wish, texts: LiteralEdits): Result<readonly Rewritten[]> {
  const { place, asked } = wish;
  const { version, policy } = asked;
  if (place.texts.length === 0) return ok([]);
  const clauses = place.texts.map(({ value }) => render(value, texts));
  const computed = place.texts[clauses.indexOf(null)];
  if (computed) return fail(refusal(wish, computed));
  const rewritten = rewriteClauses(clauses as string[], version, policy);
  if (!rewritten.ok) return fail(...rewritten.problems.map((each) => atDependency(each, place)));
  return all(
    rewritten.value.flatMap((clause, at) => {
      const text = place.texts[at] as RequirementText;
      if (clause === clauses[at] || text.follows === 'another version') return [];
      if (text.follows) return follow(wish, clauses[at] as string);
      const literal = text.literal;
      const next = literal && literalTextFor(text.value, literal, clause);
      if (!literal || next === undefined) return [fail(refusal(wish, text))];
      const reason = { dependency: place.name, from: clauses[at] ?? '', to: clause };
      return [ok({ wish, literal, text: next, reason })];
    }),
  );
}

/** What is made of the own version moves with that alone: no bound of it is raised, and it may leave a gem behind. */
function follow({ place, asked: { version } }: Wish, clause: string): Result<Rewritten>[] {
  const met = requirement.satisfies(clause, version);
  return met.ok && met.value ? [] : [fail(lockStepRefusal(place, version, clause))];
}

function refusal({ place, asked }: Wish, { value, fixed }: RequirementText) {
  const reason = fixed ?? 'it is computed';
  return requirementRefusal(place, { version: asked.version, value, reason });
}

/** The text that one literal of an interpolated string gets, so that the whole reads as `clause`. */
function literalTextFor(value: Value, literal: Literal, clause: string): string | undefined {
  if (onlyLiteral(value)) return clause;
  if (value.kind !== 'text') return undefined;
  const at = value.pieces.indexOf(literal);
  const before = render({ kind: 'text', pieces: value.pieces.slice(0, at) }) ?? '';
  const after = render({ kind: 'text', pieces: value.pieces.slice(at + 1) }) ?? '';
  if (!clause.startsWith(before) || !clause.endsWith(after)) return undefined;
  return clause.slice(before.length, clause.length - after.length);
}

/** True for a text that serves several dependencies, when the new one does not suit every one of them. */
function isTorn(
  { literal, text }: Rewritten,
  all: {
    readonly edits: ReadonlyMap<string, string>;
    readonly users: FoundDependencies['users'];
    readonly wishes: readonly Wish[];
    readonly texts: LiteralEdits;
  },
): boolean {
  const names = all.users.get(literalKey(literal));
  if (!names || names.size < 2) return false;
  if (all.edits.get(literalKey(literal)) !== text) return true;
  const after = new Map([...all.texts, ...all.edits]);
  return [...names].some((name) => {
    const wishes = all.wishes.filter(({ place }) => place.name === name);
    return wishes.length === 0 || !wishes.every((wish) => suits(wish, after));
  });
}

function suits({ place, asked }: Wish, after: LiteralEdits): boolean {
  const clauses = place.texts.map(({ value }) => render(value, after));
  const met = requirement.satisfies(clauses.join(','), asked.version);
  return met.ok && met.value;
}
