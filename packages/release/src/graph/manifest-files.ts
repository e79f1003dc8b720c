import type { Ecosystem } from '@forge/ecosystems';
import { baseNameOf } from './paths';

/** The one glob that finds every manifest, and the files in which Nx itself names projects. */
export function manifestGlob(ecosystems: readonly Ecosystem[]): string {
  const patterns = ecosystems.flatMap((ecosystem) => ecosystem.manifests);
  return `**/{${[...new Set([...patterns, 'package.json', 'project.json'])].join(',')}}`;
}

/** Tells which ecosystem a file is a manifest of; `undefined` for none and below ignored directories. */
export function manifestMatcher(
  ecosystems: readonly Ecosystem[],
): (file: string) => Ecosystem | undefined {
  const exact = new Map<string, Ecosystem>();
  const suffixes: [string, Ecosystem][] = [];
  for (const ecosystem of ecosystems) {
    for (const pattern of ecosystem.manifests) {
      if (pattern.startsWith('*')) suffixes.push([pattern.slice(1), ecosystem]);
      else exact.set(pattern, ecosystem);
    }
  }
  return (file) => {
    const base = baseNameOf(file);
    const ecosystem = exact.get(base) ?? suffixes.find(([suffix]) => base.endsWith(suffix))?.[1];
    return ecosystem && !isIgnored(file, ecosystem) ? ecosystem : undefined;
  };
}

/** Tells whether a file is a manifest of some ecosystem or a companion of one, and no copy that a tool installed. */
export function ownFileMatcher(ecosystems: readonly Ecosystem[]): (file: string) => boolean {
  const named = ecosystems.map((ecosystem) => {
    const bears = nameMatcher([...ecosystem.manifests, ...ecosystem.companions]);
    return (file: string): boolean => bears(file) && !isIgnored(file, ecosystem);
  });
  return (file) => named.some((isOwn) => isOwn(file));
}

/** Tells whether a file bears one of the names, of which `*.x` and the like say only how they end. */
export function nameMatcher(names: readonly string[]): (file: string) => boolean {
  const exact = new Set(names);
  const suffixes = names.filter((name) => name.startsWith('*')).map((name) => name.slice(1));
  return (file) => {
    const base = baseNameOf(file);
    return exact.has(base) || suffixes.some((suffix) => base.endsWith(suffix));
  };
}

function isIgnored(file: string, ecosystem: Ecosystem): boolean {
  return ecosystem.ignoredDirectories.some(
    (directory) => file.startsWith(`${directory}/`) || file.includes(`/${directory}/`),
  );
}
