import type { ErrorCode } from '../../errors';
import type { Edit, FactPlace, Source } from '../../model';
import { byteSpan, editAt, type EditReason, type JsonSpan, type YamlSpan } from '../../text';

/** A text in a JSON or YAML file that states a version or a requirement, and how another one is spelled there. */
export interface TextPlace {
  readonly source: Source;
  /** Offsets into `source.text`, without quotes. */
  readonly start: number;
  readonly end: number;
  /** As it reads, without escapes. */
  readonly text: string;
  /** Path inside the file, for people. */
  readonly via: string;
  /** Why it cannot be edited; absent when it can. */
  readonly fixed?: string;
  /** The code for a release that would have to edit it all the same; without one, it is left alone. */
  readonly refusal?: ErrorCode;
  spell(text: string): string;
}

export function jsonPlace(source: Source, span: JsonSpan, via: string): TextPlace {
  return {
    ...{ source, via, start: span.contentStart, end: span.contentEnd },
    text: String(span.value),
    spell: (text) => JSON.stringify(text).slice(1, -1),
  };
}

export function yamlPlace(source: Source, span: YamlSpan, via: string): TextPlace {
  const { contentStart: start, contentEnd: end, text = '' } = span;
  const style = span.start === start ? 'plain' : (source.text[span.start] ?? '');
  return {
    ...{ source, via, start, end, text, ...whyFixed(span, style) },
    spell: (to) => spellYaml(to, style),
  };
}

function whyFixed(
  { aliased, verbatim }: YamlSpan,
  style: string,
): Pick<TextPlace, 'fixed' | 'refusal'> {
  if (aliased)
    return { fixed: 'it shares its text with others by an anchor', refusal: 'FORGE-M020' };
  const isBlock = style === 'plain' && !verbatim;
  return isBlock ? { fixed: 'it is a block of text', refusal: 'FORGE-M008' } : {};
}

/** What a plain scalar of YAML cannot begin with, or hold. */
const notPlain = /^[-?:,[\]{}#&*!|>'"%@`\s]|: | #|[:\s]$/;

function spellYaml(text: string, style: string): string {
  if (style === '"') return JSON.stringify(text).slice(1, -1);
  const single = text.replaceAll("'", "''");
  if (style === "'") return single;
  return notPlain.test(text) ? `'${single}'` : text;
}

/** The same place, left alone for a reason that has nothing to do with how it is written. */
export function fixedPlace({ refusal: _, ...place }: TextPlace, fixed: string): TextPlace {
  return { ...place, fixed };
}

export function replacePlace(place: TextPlace, text: string, reason: EditReason): Edit {
  return editAt(place.source, place.start, place.end, place.spell(text), reason);
}

/** For people and checks: byte offsets, and the text as it stands there, escapes included. */
export function factPlace({ source, start, end, via, fixed }: TextPlace): FactPlace {
  const span = byteSpan(source, start, end);
  const text = source.text.slice(start, end);
  return { file: source.file, span, text, via, ...(fixed === undefined ? {} : { fixed }) };
}
