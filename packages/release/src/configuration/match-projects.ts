import { globExpression } from '../graph/workspace-globs';

/** What patterns of projects look at. */
export interface NamedProject {
  readonly name: string;
  readonly root: string;
  readonly tags: readonly string[];
}

/**
 * The names of the projects that patterns mean, as Nx 23 and 24 read them in nx.json: a name, a part of a name, a
 * glob of names, else of directories; `tag:…`, `directory:…`, `name:…`; `!` takes out again what was taken before.
 */
export function matchProjects(
  patterns: readonly string[],
  projects: readonly NamedProject[],
): string[] {
  const matched = new Set<string>();
  const [first = ''] = patterns;
  for (const pattern of first.startsWith('!') ? ['*', ...patterns] : patterns) {
    const isExcluding = pattern.startsWith('!');
    const found = findProjects(isExcluding ? pattern.slice(1) : pattern, projects);
    for (const { name } of found)
      if (isExcluding) matched.delete(name);
      else matched.add(name);
  }
  return [...matched];
}

/** True for a name that a text means: the whole of it, or a part between marks, where `-` is no mark. */
export function isNamed(name: string, text: string): boolean {
  if (/[*?[\]{}!()|]/.test(text)) return globExpression(text, { dot: true }).test(name);
  const escaped = text.replaceAll(/[.+^$\\]/g, '\\$&');
  return new RegExp(`(?<![@a-zA-Z0-9-])${escaped}(?![@a-zA-Z0-9-])`, 'i').test(name);
}

function findProjects(pattern: string, projects: readonly NamedProject[]): readonly NamedProject[] {
  const exact = projects.filter(({ name }) => name === pattern);
  if (exact.length > 0) return exact;
  if (pattern === '*') return projects;
  const [, type, text] = /^(tag|directory|name):(.*)$/s.exec(pattern) ?? [];
  const glob = globExpression(text ?? pattern, { dot: true });
  const byName = projects.filter(({ name }) => isNamed(name, text ?? pattern));
  const byDirectory = projects.filter(({ root }) => glob.test(root));
  if (type === 'tag')
    return projects.filter(({ tags }) => tags.some((tag) => tag === text || glob.test(tag)));
  if (type === 'directory') return byDirectory;
  return type === 'name' || byName.length > 0 ? byName : byDirectory;
}
