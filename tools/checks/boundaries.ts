import { posix } from 'node:path';
import type { SourceFile } from './sources';

/** Folders of each package from left to right; a folder imports itself and what stands to its left. */
const order: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ecosystems: [['errors'], ['model'], ['text', 'archive'], ['edit'], ['ecosystems'], ['index.ts']],
  release: [
    ['graph', 'configuration'],
    ['plan'],
    ['effects'],
    ['record'],
    ['credentials'],
    ['preflight'],
    ['changes'],
    ['version'],
    ['package'],
    ['publish'],
    ['rehearse', 'withdraw'],
    ['run'],
    ['executors', 'generators', 'cli', 'plugin.ts'],
    ['index.ts'],
  ],
};

/** Options speak of roles, and projects are made by options: these two are one room. */
const together = new Set(['graph', 'configuration']);

/** Folders that never touch the world: no file system, process, network, clock or chance. */
const pure = [
  'packages/ecosystems/src/',
  'packages/release/src/graph/',
  'packages/release/src/configuration/',
  'packages/release/src/plan/',
  'packages/release/src/changes/',
];

/**
 * Reads its own WebAssembly module, a part of the code; environment variables name where to publish; the text of a
 * program that another process runs.
 */
const exceptions: Readonly<Record<string, RegExp>> = {
  'packages/ecosystems/src/ecosystems/npm/load-script.ts': /node:fs|process\.(?:cwd|exit)/,
  'packages/ecosystems/src/ecosystems/rubygems/ruby/prism.ts': /node:fs|node:module/,
  'packages/release/src/configuration/registry-target.ts': /process\.env/,
};

const worldly =
  /from 'node:(?:fs|fs\/promises|child_process|http|https|net|tls|dns|os|worker_threads)'|\bfetch\(|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.(?:env|cwd|stdout|stderr|exit)/;

/** Files outside `effects` that may touch the file system or start processes: none. */
const effectful =
  /from 'node:(?:fs|fs\/promises|child_process|http|https|net)'|from 'execa'|\bfetch\(/;

export function checkBoundaries(sources: readonly SourceFile[]): string[] {
  const code = sources.filter(({ isTest }) => !isTest);
  return [...code.flatMap(wrongImports), ...code.flatMap(impure), ...code.flatMap(outsideEffects)];
}

function wrongImports(source: SourceFile): string[] {
  const [, name = '', rest = ''] = /^packages\/([^/]+)\/src\/(.+)$/.exec(source.path) ?? [];
  return importsOf(source.text).flatMap((specifier) => {
    const foreign = foreignImport(name, specifier);
    if (foreign) return [`${source.path}: ${foreign}`];
    if (!specifier.startsWith('.')) return [];
    const target = posix.join(posix.dirname(rest), specifier);
    const [from, to] = [folderRank(name, rest), folderRank(name, target)];
    if (from && to && !mayImport(from, to))
      return [`${source.path}: \`${from.folder}\` must not import \`${to.folder}\``];
    return crossesEcosystems(name, rest, target)
      ? [`${source.path}: one ecosystem imports another (${target})`]
      : [];
  });
}

interface Ranked {
  readonly rank: number;
  readonly folder: string;
}

function mayImport(from: Ranked, to: Ranked): boolean {
  if (to.rank !== from.rank) return to.rank < from.rank;
  return to.folder === from.folder || (together.has(to.folder) && together.has(from.folder));
}

function foreignImport(name: string, specifier: string): string | undefined {
  const allowed: Readonly<Record<string, RegExp>> = {
    ecosystems: /^@forge\//,
    registry: /^@forge\/release|^nx\b|^@nx\//,
    release: /^@forge\/registry/,
  };
  return allowed[name]?.test(specifier)
    ? `\`${name}\` must not import \`${specifier}\``
    : undefined;
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import\(|require\()\s*'([^']+)'/g)].map(
    ([, specifier]) => specifier ?? '',
  );
}

function folderRank(name: string, path: string): Ranked | undefined {
  const folder = path.split('/')[0] ?? '';
  const named =
    folder.includes('.') || !path.includes('/') ? `${folder.replace(/\.ts$/, '')}.ts` : folder;
  const candidates = [folder, named];
  const rank =
    order[name]?.findIndex((group) => candidates.some((each) => group.includes(each))) ?? -1;
  return rank < 0 ? undefined : { rank, folder };
}

function crossesEcosystems(name: string, from: string, to: string): boolean {
  const id = (path: string): string | undefined => /^ecosystems\/([^/.]+)\//.exec(path)?.[1];
  return (
    name === 'ecosystems' && id(from) !== undefined && id(to) !== undefined && id(from) !== id(to)
  );
}

function impure({ path, text }: SourceFile): string[] {
  if (!pure.some((folder) => path.startsWith(folder))) return [];
  const allowed = exceptions[path];
  return linesMatching(path, text, worldly, allowed);
}

function outsideEffects({ path, text }: SourceFile): string[] {
  if (!path.startsWith('packages/release/src/') || path.startsWith('packages/release/src/effects/'))
    return [];
  return linesMatching(path, text, effectful);
}

function linesMatching(path: string, text: string, pattern: RegExp, allowed?: RegExp): string[] {
  return text.split('\n').flatMap((line, index) => {
    const code = line.replace(/^\s*(?:\*|\/\/|\/\*).*$/, '');
    return pattern.test(code) && !allowed?.test(code)
      ? [`${path}:${index + 1}: touches the world: ${line.trim()}`]
      : [];
  });
}
