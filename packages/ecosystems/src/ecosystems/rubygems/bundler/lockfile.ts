import { posix } from 'node:path';
import type { Reader, Source } from '../../../model';

/** What a lock file says of a name; `start` is the place of the text in `source.text`. */
export interface LockedText {
  readonly name: string;
  readonly text: string;
  readonly start: number;
}

/** `    core (1.2.0)` below `PATH`, and the lines of its dependencies. */
export interface LockedGem {
  readonly name: string;
  readonly version: LockedText;
  /** Workspace-relative directory that `remote:` names; gems lie there or in directories below it. */
  readonly remote: string;
  readonly dependencies: readonly LockedText[];
}

/** What a lock file says of local gems. What comes from elsewhere (GEM, GIT) is not looked at. */
export interface LockIndex {
  readonly gems: ReadonlyMap<string, readonly LockedGem[]>;
  /**
   * The section DEPENDENCIES: what the Gemfile asks for. Here, and in the lines below a gem, the text is all that
   * stands after the name, ` (~> 1.2)`, and may be empty.
   */
  readonly dependencies: ReadonlyMap<string, readonly LockedText[]>;
  /** The section CHECKSUMS of Bundler 2.5 and later; local gems stand there without a digest. */
  readonly checksums: ReadonlyMap<string, readonly LockedText[]>;
}

interface Draft {
  readonly gems: Map<string, LockedGem[]>;
  readonly dependencies: Map<string, LockedText[]>;
  readonly checksums: Map<string, LockedText[]>;
  section: string;
  remote: string;
  /** Dependencies of the gem whose lines are being read. */
  lines: LockedText[];
}

export interface Lock {
  readonly source: Source;
  readonly index: LockIndex;
}

/** Each lock file is indexed once per reading session: every gem of a workspace changes a line of it. */
export function openLock(file: string, reader: Reader): Lock | undefined {
  return reader.memo(`rubygems:lock:${file}`, () => {
    const source = reader.read(file);
    return source && { source, index: indexLock(source) };
  });
}

/** One pass over a lock file; every gem of a workspace may change a line of it. */
export function indexLock({ file, text }: Source): LockIndex {
  const directory = posix.dirname(file);
  const draft: Draft = {
    gems: new Map(),
    dependencies: new Map(),
    checksums: new Map(),
    section: '',
    remote: '',
    lines: [],
  };
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const next = end < 0 ? text.length : end + 1;
    const line = text.slice(start, next).replace(/\r?\n$/, '');
    readLine(line, start, directory, draft);
    start = next;
  }
  return draft;
}

/** True for a workspace-relative path that stays inside of the workspace. */
export function isLocal(path: string): boolean {
  return !path.startsWith('..') && !path.startsWith('/');
}

/** True for a directory and all that is in it. */
export function isBelow(path: string, directory: string): boolean {
  return directory === '.' || path === directory || path.startsWith(`${directory}/`);
}

/** `    core (1.2.0)`, `    core (1.2.0-java)`, `  core (1.2.0) sha256=…`. Locked versions have no dash of their own. */
const versioned = /^( *)([^ ()]+) \(([^ ()-]+)(?:-[^ ()]+)?\)/;
/** `      core (~> 1.2)`, `      core`, `  core (~> 1.2)!`. */
const required = /^( *)([^ ()!]+)( \([^()]*\))?!?$/;

function readLine(line: string, start: number, directory: string, draft: Draft): void {
  if (line !== '' && !line.startsWith(' ')) {
    draft.section = line;
    draft.remote = '';
    return;
  }
  const { section } = draft;
  if (section === 'PATH') readPathLine(line, start, directory, draft);
  if (section === 'DEPENDENCIES') add(draft.dependencies, requirementIn(line, start));
  if (section === 'CHECKSUMS') {
    add(draft.checksums, versionIn(line, start));
  }
}

function readPathLine(line: string, start: number, directory: string, draft: Draft): void {
  const remote = /^ {2}remote: (.+)$/.exec(line)?.[1];
  if (remote !== undefined) draft.remote = posix.join(directory, remote);
  if (line.startsWith('      ')) {
    const found = requirementIn(line, start);
    if (found) draft.lines.push(found);
    return;
  }
  const found = line.startsWith('    ') ? versionIn(line, start) : undefined;
  if (!found) return;
  const { name } = found;
  draft.lines = [];
  add(draft.gems, { name, version: found, remote: draft.remote, dependencies: draft.lines });
}

function versionIn(line: string, start: number): LockedText | undefined {
  const [, indent = '', name, text = ''] = versioned.exec(line) ?? [];
  if (name === undefined) return undefined;
  return { name, text, start: start + indent.length + name.length + ' ('.length };
}

function requirementIn(line: string, start: number): LockedText | undefined {
  const [, indent = '', name, text = ''] = required.exec(line) ?? [];
  if (name === undefined) return undefined;
  return { name, text, start: start + indent.length + name.length };
}

function add<T extends { readonly name: string }>(to: Map<string, T[]>, found?: T): void {
  if (!found) return;
  const known = to.get(found.name);
  if (known) known.push(found);
  else to.set(found.name, [found]);
}
