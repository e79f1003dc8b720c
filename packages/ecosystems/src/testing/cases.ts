import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Ecosystem, ManifestChange, RequirementPolicy } from '../model';
import { subjects } from './subjects';

/** A fixture tree: a little workspace, what is asked of one of its manifests, and what comes of it. */
export interface Case {
  /** Folder of the tree, relative to `src`: `ecosystems/<id>/fixtures/<name>`. */
  readonly folder: string;
  readonly ecosystem: Ecosystem;
  /** Numbers in the list of acceptance cases; empty for further ones. */
  readonly numbers: readonly number[];
  /** A sentence whose subject is the manifest: `keeps the comment after a version`. */
  readonly says: string;
  readonly manifest: string;
  readonly change: ManifestChange;
  /** A part of the manifest as it is read; null for what is no package. */
  readonly reads?: object | null;
  /** A part of what `locate` gives. */
  readonly located?: object;
  /** Codes of the refusal, in place of a result. */
  readonly problems?: readonly string[];
  /** False where other line ends or a byte order mark make no sense. */
  readonly variants: boolean;
  /** False where a new version takes something along that the old one does not bring back. */
  readonly comesBack: boolean;
  readonly before: Tree;
  /** Only the files that differ afterwards. */
  readonly changed: Tree;
}

/** Workspace-relative path → bytes. */
export type Tree = Readonly<Record<string, Buffer>>;

/** `case.json`, as people write it. */
interface CaseFile {
  readonly cases: readonly number[];
  readonly says: string;
  readonly manifest: string;
  readonly change?: {
    readonly version?: string;
    readonly requirements?: Readonly<Record<string, string>>;
    readonly policy?: RequirementPolicy;
  };
  readonly reads?: object | null;
  readonly located?: object;
  readonly problems?: readonly string[];
  readonly variants?: boolean;
  readonly comesBack?: boolean;
  readonly why?: string;
}

const sources = join(__dirname, '..');

/** Every tree of every ecosystem, by folder. Throws for a tree that nothing could come of. */
export const cases: readonly Case[] = subjects.flatMap(({ folder, ecosystem }) => {
  const fixtures = `${folder}/fixtures`;
  if (!existsSync(join(sources, fixtures))) return [];
  return readdirSync(join(sources, fixtures))
    .filter((name) => existsSync(join(sources, fixtures, name, 'case.json')))
    .map((name) => readCase(`${fixtures}/${name}`, ecosystem));
});

function readCase(folder: string, ecosystem: Ecosystem): Case {
  const path = join(sources, folder);
  const file = JSON.parse(readFileSync(join(path, 'case.json'), 'utf8')) as CaseFile;
  const { cases: numbers, says, manifest, reads, located, problems } = file;
  const before = readTree(join(path, 'in'));
  if (!before[manifest]) throw new Error(`${folder}: \`in\` holds no \`${manifest}\``);
  const { variants = true, comesBack = true, why } = file;
  if (!(variants && comesBack) && !why) throw new Error(`${folder}: say \`why\``);
  const { version, requirements = {}, policy = 'violated' } = file.change ?? {};
  return {
    ...{ folder, ecosystem, numbers, says, manifest, before },
    ...(reads === undefined ? {} : { reads }),
    ...(located === undefined ? {} : { located }),
    ...(problems === undefined ? {} : { problems }),
    change: {
      ...(version === undefined ? {} : { version }),
      requirements: Object.entries(requirements).map(([name, to]) => ({
        name,
        version: to,
        policy,
      })),
    },
    variants,
    comesBack,
    changed: readTree(join(path, 'out')),
  };
}

function readTree(root: string, directory = '.'): Tree {
  if (!existsSync(root)) return {};
  const entries = readdirSync(join(root, directory), { withFileTypes: true });
  return Object.assign(
    {},
    ...entries.map((entry): Tree => {
      const path = posix.join(directory, entry.name);
      return entry.isDirectory()
        ? readTree(root, path)
        : { [path]: readFileSync(join(root, path)) };
    }),
  ) as Tree;
}
