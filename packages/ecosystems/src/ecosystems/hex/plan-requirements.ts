import { ForgeError } from '../../errors';
import { allFlat, fail, ok, type Edit, type RequirementChange, type Result } from '../../model';
import { editAt, locatedSpan } from '../../text';
import type { Place } from './place';
import { requirements } from './requirement';
import type { StatedDependency } from './stated-dependency';

/** A text that states requirements: of one dependency, or of all that name one attribute. */
interface StatedText {
  readonly place: Place;
  readonly names: ReadonlySet<string>;
}

/**
 * Edits of the requirements that a change asks for; `own` is the version that the package itself has then. A
 * text that several dependencies share is edited once, for all of them or not at all.
 */
export function planRequirements(
  dependencies: readonly StatedDependency[],
  changes: readonly RequirementChange[],
  own: string | null,
): Result<readonly Edit[]> {
  if (changes.length === 0) return ok([]);
  const asked = new Map(changes.map((change) => [change.name, change]));
  const texts = statedTexts(dependencies).filter(({ names }) =>
    [...names].some((name) => asked.has(name)),
  );
  return allFlat(texts.map((text) => planText(text, asked, own)));
}

/** By file and place, in the order of the file. */
function statedTexts(dependencies: readonly StatedDependency[]): readonly StatedText[] {
  const texts = new Map<string, { place: Place; names: Set<string> }>();
  for (const { dependency, place } of dependencies) {
    if (!place) continue;
    const { start } = place.content ?? place.at;
    const key = `${start} ${place.source.file}`;
    const text = texts.get(key) ?? { place, names: new Set() };
    text.names.add(dependency.name);
    texts.set(key, text);
  }
  return [...texts.values()];
}

function planText(
  { place, names }: StatedText,
  asked: ReadonlyMap<string, RequirementChange>,
  own: string | null,
): Result<readonly Edit[]> {
  const changes = [...names].flatMap((name) => asked.get(name) ?? []);
  const [first] = changes;
  const now = own !== null && place.follows ? place.follows(own) : place.value;
  if (!first) return ok([]);
  if (now === null) return notEditable(place, first.name);
  if (place.follows) return follow(place, now, changes);
  const rewritten = rewriteFor(now, changes);
  if (!rewritten.ok) return placed(rewritten.problems, place);
  if (!isTakenByAll(rewritten.value, changes)) return shared(place, names);
  if (rewritten.value === now) return ok([]);
  const { source, content, fixed } = place;
  if (fixed !== undefined || !content) return notEditable(place, first.name);
  if (changes.length < names.size) return shared(place, names);
  const reason = { dependency: first.name, from: now, to: rewritten.value };
  return ok([editAt(source, content.start, content.end, rewritten.value, reason)]);
}

/** What is made of the own version moves with that alone: it is never edited, and may leave a dependency behind. */
function follow(
  { source, at }: Place,
  next: string,
  changes: readonly RequirementChange[],
): Result<readonly Edit[]> {
  const behind = changes.filter((change) => !isTakenByAll(next, [change]));
  if (behind.length === 0) return ok([]);
  return fail(
    ...behind.map(({ name, version }) => {
      const what = `the requirement on \`${name}\` in \`${source.file}\` is made of the own version and will be \`${next}\`, which \`${version}\` does not satisfy`;
      return new ForgeError('FORGE-M025', { what, ...locatedSpan(source, at) });
    }),
  );
}

/** A requirement for all of these versions, as far as one can be had by taking one after the other. */
function rewriteFor(text: string, changes: readonly RequirementChange[]): Result<string> {
  let rewritten: Result<string> = ok(text);
  for (const { version, policy } of changes)
    if (rewritten.ok) rewritten = requirements.rewrite(rewritten.value, version, policy);
  return rewritten;
}

function isTakenByAll(text: string, changes: readonly RequirementChange[]): boolean {
  return changes.every(({ version }) => {
    const satisfied = requirements.satisfies(text, version);
    return satisfied.ok && satisfied.value;
  });
}

function notEditable({ source, at, fixed }: Place, name: string): Result<never> {
  const what = `the requirement on \`${name}\` cannot be edited: ${fixed ?? 'no text states it'}`;
  return fail(new ForgeError('FORGE-M008', { what, ...locatedSpan(source, at) }));
}

function shared({ source, at, value }: Place, names: ReadonlySet<string>): Result<never> {
  const all = [...names].map((name) => `\`${name}\``).join(', ');
  const what = `\`${value}\` is the requirement on ${all} alike, and would have to differ`;
  return fail(new ForgeError('FORGE-M020', { what, ...locatedSpan(source, at) }));
}

/** The same problems with the place at which the requirement stands. */
function placed(problems: readonly ForgeError[], { source, content, at }: Place): Result<never> {
  const where = locatedSpan(source, content ?? at);
  return fail(
    ...problems.map(({ code, what, fix }) => new ForgeError(code, { what, fix, ...where })),
  );
}
