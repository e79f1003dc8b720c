import { join } from 'node:path';
import { appendText, writeText } from '../effects/files';

/** One line of the journal. `at` is ISO 8601; everything in it may be read by anybody: no secrets. */
export interface JournalEntry {
  readonly at: string;
  readonly event: string;
  readonly [detail: string]: unknown;
}

export interface Journal {
  /** Workspace-relative path. */
  readonly file: string;
  append(event: string, details: Readonly<Record<string, unknown>>): void;
}

/** An append-only file of JSON lines under the workspace's ignored `.forge/`. */
export function openJournal(root: string, kind: string, now: () => number): Journal {
  const stamp = new Date(now()).toISOString().replaceAll(':', '-');
  const file = `.forge/journal/${stamp}-${kind}-${process.pid}.jsonl`;
  return {
    file,
    append(event, details) {
      const entry: JournalEntry = { at: new Date(now()).toISOString(), event, ...details };
      appendText(join(root, file), `${JSON.stringify(entry)}\n`);
    },
  };
}

/** Writes what became of one project's packages, for CI: `.forge/results/<project>.json`. */
export function writeResults(root: string, project: string, results: readonly object[]): void {
  const path = join(root, '.forge/results', `${project}.json`);
  writeText(path, `${JSON.stringify(results, null, 2)}\n`);
}
