import { fail, ForgeError, ok, type Ecosystem, type Result } from '@forge/ecosystems';
import type { NormalizedOptions } from '../configuration/plugin-options';
import { readPluginOptions } from '../effects/open-workspace';
import {
  findWorkspaceRoot,
  listFiles,
  readInputLines,
  resolveUserPath,
} from '../effects/workspace-files';
import { createFileReader, type FileReader } from '../effects/workspace-reader';
import { manifestMatcher } from '../graph/manifest-files';
import { isIn } from '../graph/paths';

/** A manifest that the user named, or that stands in a directory that the user named. */
export interface Selected {
  readonly file: string;
  readonly ecosystem: Ecosystem;
  /** False for what was found in a directory that the user named. */
  readonly isNamed: boolean;
}

export interface Selection {
  /** Absolute. */
  readonly root: string;
  readonly reader: FileReader;
  readonly options: NormalizedOptions;
  /** All files of the workspace that are known; those selected are among them. */
  readonly files: readonly string[];
  /** In the order in which they were named, each once. */
  readonly manifests: readonly Selected[];
}

/** FORGE-C014 for every path that leads to no manifest. */
export async function selectManifests(
  asked: { readonly paths: readonly string[]; readonly root: string | undefined },
  from: string,
): Promise<Result<Selection>> {
  const root = asked.root ?? findWorkspaceRoot(from);
  const options = readPluginOptions(root);
  const ignored = options.ecosystems.flatMap(({ ignoredDirectories }) => ignoredDirectories);
  const files = await listFiles(root, ['.git', ...ignored]);
  const matches = manifestMatcher(options.ecosystems);
  const found = new Map<string, Selected>();
  const problems: ForgeError[] = [];
  for (const path of asked.paths.flatMap((each) => (each === '-' ? readInputLines() : [each]))) {
    const { file, kind } = resolveUserPath(root, path, from);
    const candidates = kind === 'directory' ? files.filter((each) => isIn(file, each)) : [file];
    const known = candidates.flatMap((each): readonly Selected[] => {
      const ecosystem = matches(each);
      const isNamed = kind === 'file' || found.get(each)?.isNamed === true;
      return ecosystem ? [{ file: each, ecosystem, isNamed }] : [];
    });
    if (known.length === 0 || kind === 'nothing' || kind === 'outside')
      problems.push(noManifest(path, kind, root));
    else for (const each of known) found.set(each.file, each);
  }
  if (problems.length > 0) return fail(...problems);
  const manifests = [...found.values()];
  const all = [...new Set([...files, ...found.keys()])].sort();
  return ok({ root, options, files: all, manifests, reader: createFileReader(root, files) });
}

function noManifest(path: string, kind: string, root: string): ForgeError {
  const reasons: Readonly<Record<string, string>> = {
    nothing: 'does not exist',
    outside: `is outside of the workspace \`${root}\``,
    directory: 'holds no manifest',
    file: 'is no manifest of a known ecosystem',
  };
  return new ForgeError('FORGE-C014', { what: `\`${path}\` ${reasons[kind]}` });
}
