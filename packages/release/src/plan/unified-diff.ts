import { uniqueEdits, type Edit, type Source } from '@forge/ecosystems';

/** Lines of a file with their line ends; a byte is a character, so that offsets are what edits say. */
type Lines = readonly string[];

/** Lines [from, to) of the original, and what stands there afterwards. 0-based. */
interface Region {
  readonly from: number;
  readonly to: number;
  readonly removed: Lines;
  readonly added: Lines;
}

const context = 3;

/**
 * The edits of one file as a unified diff that `git apply` takes, made from the edits themselves: what is shown
 * is what will be done. Empty without edits. The file must hold what they expect.
 */
export function unifiedDiff(source: Source, edits: readonly Edit[]): string {
  const own = uniqueEdits(edits.filter(({ file }) => file === source.file));
  if (own.length === 0) return '';
  const text = Buffer.from(source.bytes).toString('latin1');
  const starts = startsOf(text);
  const regions = regionsOf(text, starts, own, source.encoding);
  const lines = linesOf(text, starts);
  const hunks = hunksOf(regions).map((hunk) => renderHunk(lines, hunk, shiftBefore(regions, hunk)));
  const header = `--- a/${source.file}\n+++ b/${source.file}\n`;
  return header + Buffer.from(hunks.join(''), 'latin1').toString(source.encoding);
}

function splitLines(text: string): Lines {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The lines of a whole file, of which a diff shows few. */
interface AllLines {
  readonly length: number;
  slice(from: number, to: number): Lines;
}

function linesOf(text: string, starts: readonly number[]): AllLines {
  const startOf = (line: number): number => starts[line] ?? text.length;
  return {
    length: starts.at(-1) === text.length ? starts.length - 1 : starts.length,
    slice: (from, to) => splitLines(text.slice(startOf(from), startOf(to))),
  };
}

/** Offsets at which lines start, the one behind the last line end included. */
function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Edits that touch the same lines make one region. */
function regionsOf(
  text: string,
  starts: readonly number[],
  edits: readonly Edit[],
  encoding: BufferEncoding,
): Region[] {
  const regions: Region[] = [];
  for (let at = 0; at < edits.length;) {
    const from = lineOf(starts, edits[at]?.start ?? 0);
    let to = from;
    const own: Edit[] = [];
    for (let next = edits[at]; next && lineOf(starts, next.start) <= to; next = edits[(at += 1)]) {
      own.push(next);
      to = Math.max(to, lineOf(starts, next.end));
    }
    const [start, end] = [starts[from] ?? 0, starts[to + 1] ?? text.length];
    const removed = splitLines(text.slice(start, end));
    const added = splitLines(spliced(text.slice(start, end), start, own, encoding));
    regions.push(trimmed({ from, to: from + removed.length, removed, added }));
  }
  return regions;
}

function spliced(
  text: string,
  offset: number,
  edits: readonly Edit[],
  encoding: BufferEncoding,
): string {
  return edits.reduceRight((now, { start, end, newText }) => {
    const inserted = Buffer.from(newText, encoding).toString('latin1');
    return now.slice(0, start - offset) + inserted + now.slice(end - offset);
  }, text);
}

/** Without the lines at both ends that stay the same: an inserted line changes no other. */
function trimmed({ from, removed, added }: Region): Region {
  const most = Math.min(removed.length, added.length);
  let head = 0;
  while (head < most && removed[head] === added[head]) head += 1;
  let tail = 0;
  while (tail < most - head && removed.at(-1 - tail) === added.at(-1 - tail)) tail += 1;
  return {
    from: from + head,
    to: from + removed.length - tail,
    removed: removed.slice(head, removed.length - tail),
    added: added.slice(head, added.length - tail),
  };
}

/** Regions whose context meets stand in one hunk. */
function hunksOf(regions: readonly Region[]): Region[][] {
  const hunks: Region[][] = [];
  for (const region of regions) {
    const last = hunks.at(-1);
    if (last && region.from - (last.at(-1)?.to ?? 0) <= 2 * context) last.push(region);
    else hunks.push([region]);
  }
  return hunks;
}

function shiftBefore(regions: readonly Region[], [first]: readonly Region[]): number {
  const before = regions.slice(0, first ? regions.indexOf(first) : 0);
  return before.reduce((shift, { removed, added }) => shift + added.length - removed.length, 0);
}

function renderHunk(lines: AllLines, hunk: readonly Region[], shift: number): string {
  const from = Math.max(0, (hunk[0]?.from ?? 0) - context);
  const to = Math.min(lines.length, (hunk.at(-1)?.to ?? 0) + context);
  const body: string[] = [];
  let at = from;
  let grown = 0;
  for (const region of hunk) {
    body.push(...marked(' ', lines.slice(at, region.from)));
    body.push(...marked('-', region.removed), ...marked('+', region.added));
    grown += region.added.length - region.removed.length;
    at = region.to;
  }
  body.push(...marked(' ', lines.slice(at, to)));
  const [old, now] = [range(from, to - from), range(from + shift, to - from + grown)];
  return `@@ -${old} +${now} @@\n${body.join('')}`;
}

function marked(mark: string, lines: Lines): string[] {
  return lines.map((line) =>
    line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`,
  );
}

/** 1-based; an empty range names the line before it. */
function range(from: number, length: number): string {
  return `${length === 0 ? from : from + 1},${length}`;
}

/** 0-based line of an offset; the end of a file belongs to its last line. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}
