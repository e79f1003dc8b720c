import { ForgeError } from '../../errors';
import { fail, ok, type Result, type Source } from '../../model';
import { located } from '../../text';

/** One `key = value` line, with the offsets of its value. */
export interface Line {
  readonly key: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A file that is none of ours has a problem in every line. */
const mostProblems = 20;

export function parseLines(source: Source): Result<readonly Line[]> {
  const lines: Line[] = [];
  const problems: ForgeError[] = [];
  for (const match of source.text.matchAll(/[^\r\n]+/g)) {
    const [text] = match;
    const parts = /^([a-z]+\s*=\s*)(\S.*?)\s*$/.exec(text);
    if (/^\s*(?:#|$)/.test(text)) continue;
    if (!parts && problems.length >= mostProblems) break;
    if (!parts) {
      const what = 'the line is not `key = value`';
      problems.push(
        new ForgeError('FORGE-M002', { what, ...located(source, match.index, text.length) }),
      );
      continue;
    }
    const [, lead = '', value = ''] = parts;
    const start = match.index + lead.length;
    lines.push({ key: lead.replace(/\s*=\s*$/, ''), value, start, end: start + value.length });
  }
  if (problems.length > 0) return fail(...problems);
  if (lines.length > 0) return ok(lines);
  return fail(
    new ForgeError('FORGE-M001', {
      what: `\`${source.file}\` is empty`,
      where: { file: source.file },
    }),
  );
}

/** The last one counts, as it does for every key. */
export function versionOf(lines: readonly Line[]): Line | undefined {
  return lines.findLast(({ key }) => key === 'version');
}

/** `other ^1.2` or `other path:../other`. */
export interface Need {
  readonly line: Line;
  readonly name: string;
  readonly requirement: string;
  /** Offset of the requirement. */
  readonly start: number;
  readonly path?: string;
}

export function needsOf(lines: readonly Line[]): Need[] {
  return lines
    .filter(({ key }) => key === 'needs')
    .map((line) => {
      const [, name = '', gap = '', requirement = ''] = /^(\S+)(\s*)(.*)$/.exec(line.value) ?? [];
      const path = /^path:(.+)$/.exec(requirement)?.[1];
      const start = line.start + name.length + gap.length;
      return { line, name, requirement, start, ...(path === undefined ? {} : { path }) };
    });
}
