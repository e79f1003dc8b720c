import { ForgeError } from '../../../errors';
import { all, fail, ok, type Edit, type Result, type Source } from '../../../model';
import { editAt, locatedSpan } from '../../../text';
import type { FoundDependency } from '../cabal-file/description';
import { oneLine, withPlace, type WantedVersion } from '../plan/plan-range';
import { parseRange } from '../ranges/range';
import { isSameRange } from '../ranges/same-range';
import { requirement } from '../requirement';
import type { Template, TemplateRange } from './package-yaml';
import { renderRange } from './render-range';

/** A range of the template, and what it becomes. */
interface Move {
  readonly from: TemplateRange;
  readonly to: string;
}

/**
 * The ranges of one package in both files: the template is rewritten, and the generated file gets what hpack would
 * make of it. Each generated range must mean what a range of the template means, or FORGE-M022.
 */
export function planGeneratedRanges(
  source: Source,
  template: Template,
  found: readonly FoundDependency[],
  wanted: WantedVersion,
): Result<readonly Edit[]> {
  const own = template.ranges.filter(({ name }) => name === wanted.name);
  const moves = all(own.map((from) => moveOf(template.source, from, wanted)));
  if (!moves.ok) return moves;
  const written = moves.value.flatMap((move) => templateEdit(template.source, move));
  const generated = all(found.map((each) => generatedEdit(source, template, each, moves.value)));
  return generated.ok ? ok([...written, ...generated.value.flat()]) : generated;
}

function moveOf(source: Source, from: TemplateRange, wanted: WantedVersion): Result<Move> {
  const to = requirement.rewrite(from.text, wanted.version, wanted.policy);
  if (!to.ok) return withPlace(source, from, to.problems);
  const isWritable = !from.folded && (!from.bare || to.value.startsWith('=='));
  if (to.value === from.text || isWritable) return ok({ from, to: to.value });
  return fail(
    new ForgeError('FORGE-M008', {
      what: `\`${from.text}\` on \`${from.name}\` is written with escapes or over several lines`,
      ...locatedSpan(source, from),
      fix: 'write the requirement on one line, without escapes',
    }),
  );
}

function templateEdit(source: Source, { from, to }: Move): Edit[] {
  if (to === from.text) return [];
  const text = from.bare ? to.slice('=='.length).trimStart() : to;
  const reason = { dependency: from.name, from: from.text, to };
  return [editAt(source, from.start, from.end, text, reason)];
}

function generatedEdit(
  source: Source,
  template: Template,
  { name, range }: FoundDependency,
  moves: readonly Move[],
): Result<readonly Edit[]> {
  const meaning = range && parseRange(range.text);
  if (!range || !meaning) return ok([]);
  const same = moves.filter(({ from }) => isSame(from.text, meaning));
  const texts = new Set(same.map((move) => rendered(range.text, move)));
  const [text] = texts;
  if (text === undefined || texts.size > 1) {
    const why = text === undefined ? 'nowhere' : 'in ways that part now';
    const what = `\`${template.source.file}\` asks for \`${name} ${oneLine(range.text)}\` ${why}`;
    const place = locatedSpan(source, range);
    return fail(new ForgeError('FORGE-M022', { what, ...place }));
  }
  if (text === range.text) return ok([]);
  const reason = { dependency: name, from: range.text, to: text };
  return ok([editAt(source, range.start, range.end, text, reason)]);
}

function isSame(text: string, meaning: NonNullable<ReturnType<typeof parseRange>>): boolean {
  const range = parseRange(text);
  return range !== undefined && isSameRange(range, meaning);
}

/** In the words of the hpack that wrote the file: some versions leave `^>=` as it is. */
function rendered(written: string, { from, to }: Move): string {
  if (from.text === to) return written;
  const range = parseRange(to);
  const keepsWords = squeezed(written) === squeezed(from.text);
  const before = parseRange(from.text);
  const isOurs = before && renderRange(before) === written;
  return range && (isOurs || !keepsWords) ? renderRange(range) : spaced(to);
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

/** As Cabal prints ranges: no blank behind an operator, one on both sides of `&&` and `||`. */
function spaced(text: string): string {
  return squeezed(text).replace(/&&|\|\|/g, ' $& ');
}
