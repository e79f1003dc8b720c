import { join } from 'node:path';
import type { Actor } from '../effects/actor';
import { appendDurably, appendWritten, dropTornLine } from '../effects/durable-files';
import { readIfPresent, writeText } from '../effects/files';

/** One line of a journal. `at` is ISO 8601; everything in it may be read by anybody: no secrets. */
export interface JournalEntry {
  readonly at: string;
  readonly event: string;
  readonly [detail: string]: unknown;
}

export interface Journal {
  /** Absolute. */
  readonly file: string;
  /** Returns when the line is on the disk: what is told here is known, whatever happens next. */
  append(event: string, details: Readonly<Record<string, unknown>>): void;
  /**
   * Written when it returns, so that it outlives this process, and on the disk with the next line that is appended.
   * For ends that can be found out again; to wait for the disk holds back everything else that this process does.
   */
  note(event: string, details: Readonly<Record<string, unknown>>): void;
  entries(): readonly JournalEntry[];
}

/** An append-only file of JSON lines. A last line that was cut off by the end of its process is dropped. */
export function openJournal(file: string, now: () => number): Journal {
  dropTornLine(file);
  const lineOf = (event: string, details: Readonly<Record<string, unknown>>): string => {
    const entry: JournalEntry = { at: new Date(now()).toISOString(), event, ...details };
    return `${JSON.stringify(entry)}\n`;
  };
  return {
    file,
    append: (event, details) => appendDurably(file, lineOf(event, details)),
    note: (event, details) => appendWritten(file, lineOf(event, details)),
    entries: () => readJournal(file),
  };
}

/** The whole lines of a journal; none when there is no file. */
export function readJournal(file: string): readonly JournalEntry[] {
  const text = Buffer.from(readIfPresent(file) ?? []).toString();
  const lines = text.split('\n').slice(0, -1);
  return lines.filter(Boolean).map((line) => JSON.parse(line) as JournalEntry);
}

/** A run of the `publish` target has a journal of its own below the ignored `.forge/`; its first line names the actor. */
export function publishJournal(root: string, actor: Actor | undefined, now: () => number): Journal {
  const stamp = new Date(now()).toISOString().replaceAll(':', '-');
  const name = `${stamp}-publish-${process.pid}.jsonl`;
  const journal = openJournal(join(root, '.forge/journal', name), now);
  journal.append('begin', { format: 1, command: 'publish', actor });
  return journal;
}

/** Writes what became of one project's packages, for CI: `.forge/results/<project>.json`. */
export function writeResults(root: string, project: string, results: readonly object[]): void {
  const path = join(root, '.forge/results', `${project}.json`);
  writeText(path, `${JSON.stringify(results, null, 2)}\n`);
}
