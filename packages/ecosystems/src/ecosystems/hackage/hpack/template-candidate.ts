import { ForgeError } from '../../../errors';
import { fail, ok, type Edit, type Result } from '../../../model';
import { editAt, located } from '../../../text';
import { candidateField } from '../cabal-file/description';
import type { Template } from './package-yaml';

const key = 'verbatim';

/**
 * hpack copies what stands in `verbatim` into the `.cabal` file. FORGE-M007 where that is text, a list, or written
 * in a way that no line can be put into or taken out of.
 */
export function planTemplateCandidate(
  template: Template,
  wanted: string | undefined,
  reason: string,
): Result<readonly Edit[]> {
  const { source, document } = template;
  const current = document.find([key, candidateField]);
  if (current && wanted !== undefined) {
    const { contentStart, contentEnd, text } = current;
    return ok(text === wanted ? [] : [editAt(source, contentStart, contentEnd, wanted, reason)]);
  }
  if (!current && wanted === undefined) return ok([]);
  const span = wanted === undefined ? removal(template) : insertion(template, wanted);
  if (!span) return fail(notInLines(template));
  return ok([editAt(source, span.start, span.end, span.newText, reason)]);
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Below the version, with `verbatim` if there is none; else as its first member. */
function insertion(
  { source, document, version }: Template,
  wanted: string,
): Replacement | undefined {
  const { text } = source;
  const eol = source.eol === '\r\n' ? '\r\n' : '\n';
  const verbatim = document.find([key]);
  const line = `${candidateField}: ${wanted}`;
  if (!verbatim) {
    const at = version && endOfLine(text, version.end);
    const isBlock = version && /(?:^|\n)version[ \t]*:[^\n]*$/.test(text.slice(0, version.start));
    if (at === undefined || !isBlock) return undefined;
    return { start: at, end: at, newText: `${eol}${key}:${eol}  ${line}` };
  }
  const [, indentation] = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, verbatim.start)) ?? [];
  if (verbatim.kind !== 'mapping' || indentation === undefined) return undefined;
  return { start: verbatim.start, end: verbatim.start, newText: `${line}${eol}${indentation}` };
}

/** The line of the field, with `verbatim` if nothing else is in it. */
function removal({ source, document }: Template): Replacement | undefined {
  const { text } = source;
  const found = document.find([key, candidateField]);
  const isOnly = document.members([key]).length === 1;
  const before = isOnly
    ? /(?:^|\n)(verbatim[ \t]*:[ \t]*\r?\n[ \t]+x-release-candidate[ \t]*:[ \t]*)$/
    : /(?:^|\n)([ \t]+x-release-candidate[ \t]*:[ \t]*)$/;
  const [, head] = found ? (before.exec(text.slice(0, found.start)) ?? []) : [];
  const rest = found ? /^[ \t]*(\r?\n|$)/.exec(text.slice(found.end)) : null;
  if (!found || head === undefined || !rest) return undefined;
  const start = found.start - head.length;
  const atEnd = rest[1] === '' ? (/\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
  return { start: start - atEnd, end: found.end + rest[0].length, newText: '' };
}

function endOfLine(text: string, from: number): number {
  const length = text.slice(from).search(/\r?\n/);
  return length < 0 ? text.length : from + length;
}

function notInLines({ source, document, version }: Template): ForgeError {
  const span = document.find([key]) ?? version;
  const what = `\`${source.file}\` has no place for \`${candidateField}\`: \`${key}\` is no mapping with a line for each field`;
  return new ForgeError('FORGE-M007', {
    what,
    ...located(source, span?.start ?? 0, 1),
    fix: `write \`${key}:\` with \`${candidateField}: rc.1\` on an indented line below it`,
  });
}
