import { posix } from 'node:path';
import { ForgeError, type ArtifactMember } from '@forge/ecosystems';
import { placeIn, type Subject } from './subject';

/** As the kernel of Linux: a path that goes through more links than this goes in circles. */
const mostLinks = 40;

/** FORGE-A010 for links to what is not in the package, FORGE-A011 for links out of it. */
export function badLinks(subject: Subject): readonly ForgeError[] {
  const links = subject.members.filter(({ target }) => target !== undefined);
  if (links.length === 0) return [];
  const tree = treeOf(subject.members);
  return links.flatMap((link) => {
    const end = follow(link, tree, subject.top);
    return end === 'fine' ? [] : [problem(subject, link, end)];
  });
}

interface Tree {
  readonly links: ReadonlyMap<string, ArtifactMember>;
  /** Everything that is there, directories that only members imply included. */
  readonly paths: ReadonlySet<string>;
}

function treeOf(members: readonly ArtifactMember[]): Tree {
  const paths = new Set<string>();
  for (const { path } of members)
    for (let at = posix.normalize(path); at !== '.' && !paths.has(at); at = posix.dirname(at)) {
      paths.add(at);
      if (at === '/') break;
    }
  const links = members
    .filter(({ type }) => type === 'symlink')
    .map((link) => [posix.normalize(link.path), link] as const);
  return { links: new Map(links), paths };
}

type End = 'fine' | 'dangling' | 'outside';

/** Goes where the link leads, step by step, through other links on the way. */
function follow(link: ArtifactMember, { links, paths }: Tree, top: string): End {
  const { path, target = '', type } = link;
  const from = type === 'hardlink' ? [] : directoryOf(path);
  if (isAbsolute(target)) return 'outside';
  const rest = target.split('/');
  const at = [...from];
  for (let passed = 0; rest.length > 0;) {
    const step = rest.shift() ?? '';
    if (step === '' || step === '.') continue;
    if (step === '..') {
      if (at.length === 0) return 'outside';
      at.pop();
      continue;
    }
    at.push(step);
    if (!isInside(at, top)) return 'outside';
    const through = links.get(at.join('/'));
    if (through === undefined) continue;
    if (++passed > mostLinks) return 'dangling';
    if (isAbsolute(through.target ?? '')) return 'outside';
    at.pop();
    rest.unshift(...(through.target ?? '').split('/'));
  }
  if (!isInside(at, top)) return 'outside';
  return at.length === 0 || paths.has(at.join('/')) ? 'fine' : 'dangling';
}

function directoryOf(path: string): string[] {
  const directory = posix.dirname(posix.normalize(path));
  return directory === '.' ? [] : directory.split('/');
}

function isAbsolute(target: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:)/.test(target);
}

function isInside(at: readonly string[], top: string): boolean {
  return top === '' || at[0] === top;
}

function problem(subject: Subject, { path, target }: ArtifactMember, end: End): ForgeError {
  const { filename } = subject.artifact;
  const where = { file: placeIn(subject, path) };
  if (end === 'outside')
    return new ForgeError('FORGE-A011', {
      what: `the link \`${path}\` in \`${filename}\` leads out of the package, to \`${target}\``,
      where,
    });
  return new ForgeError('FORGE-A010', {
    what: `the link \`${path}\` in \`${filename}\` leads to \`${target}\`, which is not in the package`,
    where,
  });
}
