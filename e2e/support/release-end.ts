import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { lines, nameOf } from './release-command';
import type { RegistryProcess } from './registry-process';

/** How a release leaves the world behind; equal for equal releases, however often they were cut off. */
export interface ReleaseEnd {
  /** `<ecosystem>:<name>@<version> <file> <sha256>`. */
  readonly registry: readonly string[];
  /** Requests that brought a file and were accepted. */
  readonly acceptedUploads: number;
  /** `<ref> <commit>`. */
  readonly refs: readonly string[];
  /** `<path> <sha256>` of every file that git knows of or could, and what git says of them. */
  readonly files: readonly string[];
  readonly status: string;
  /**
   * The last word on each stage, project, package and tag, and how it ended. The acts of one upload are left out: what
   * a killed process had sent is found live by the next one, which has nothing to send.
   */
  readonly journal: readonly string[];
}

/** A compiler writes paths of its temporary directory into what it compiles: two builds of it are never the same. */
const unlikeItself = /^quill_tool-.*\.whl$/;

export async function releaseEnd(root: string, registry: RegistryProcess): Promise<ReleaseEnd> {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  const files = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
  return {
    registry: (await registry.arrivals())
      .flatMap(({ ecosystem, name, version, files: own }) =>
        own.map(({ filename, sha256 }) => {
          const digest = unlikeItself.test(filename) ? 'any' : sha256;
          return `${ecosystem}:${name}@${version} ${filename} ${digest}`;
        }),
      )
      .sort(),
    acceptedUploads: acceptedUploads(registry),
    refs: git('for-each-ref', '--format=%(refname) %(objecttype) %(*objectname)%(objectname)')
      .split('\n')
      // A tag names digests, and with them what is never the same: the commit that it stands on counts.
      .map((line) => line.replace(/( tag [0-9a-f]{40})[0-9a-f]{40}$/, '$1'))
      .filter(Boolean),
    files: files.filter(Boolean).map((file) => `${file} ${digestOf(join(root, file))}`),
    status: git('status', '--porcelain'),
    journal: lastWords(root),
  };
}

/** What one end has and the other has not, for people. */
export function differences(end: ReleaseEnd, expected: ReleaseEnd): string[] {
  const all = (part: keyof ReleaseEnd, of: ReleaseEnd): string[] => [of[part]].flat().map(String);
  return (Object.keys(expected) as (keyof ReleaseEnd)[]).flatMap((part) => {
    const [ours, theirs] = [all(part, end), all(part, expected)];
    const count = (lines: readonly string[], line: string): number =>
      lines.filter((each) => each === line).length;
    const more = ours.filter((line) => count(ours, line) > count(theirs, line));
    const less = theirs.filter((line) => count(theirs, line) > count(ours, line));
    return [
      ...more.map((line) => `${part} has: ${line}`),
      ...less.map((line) => `${part} lacks: ${line}`),
    ];
  });
}

export function acceptedUploads(registry: RegistryProcess): number {
  return registry
    .requests()
    .filter(({ method, status }) => method !== 'GET' && method !== 'HEAD' && status < 300).length;
}

function lastWords(root: string): string[] {
  const steps = new Map<string, string>();
  const acts = new Set(['upload', 'visible']);
  for (const line of lines(root).filter(
    ({ event, step = '' }) => event === 'step' && !acts.has(step),
  ))
    steps.set(`${line.step} ${line.subject ?? ''}`, nameOf(line));
  const end = lines(root).findLast(({ event }) => event === 'end');
  return [...[...steps.values()].sort(), `end ${String(end?.['outcome'])}`];
}

function digestOf(path: string): string {
  // `node_modules` is a link here.
  const bytes = lstatSync(path).isSymbolicLink() ? readlinkSync(path) : readFileSync(path);
  return createHash('sha256').update(bytes).digest('hex');
}
