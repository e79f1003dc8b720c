import { ecosystems, ForgeError } from '@forge/ecosystems';
import type { CreateNodesResultArray } from '@nx/devkit';
import { normalizeOptions, type NormalizedOptions } from './configuration/plugin-options';
import type { NxReleaseSettings } from './configuration/nx-release-groups';
import { createFileReader, type FileReader } from './effects/workspace-reader';
import { loadWorkspace } from './graph/load-workspace';
import type { BrokenManifest, WorkspaceModel } from './graph/model';
import { readNxInferred } from './graph/nx-inferred';
import { ownInputs } from './graph/own-inputs';
import { projectNodes } from './graph/project-nodes';

/** What the plugin knows of one workspace with one set of options. */
interface Inferred {
  readonly model: WorkspaceModel;
  readonly nodes: CreateNodesResultArray;
}

interface Remembered extends Inferred {
  readonly files: string;
  readonly reader: FileReader;
}

export interface Inference {
  /** Reads the workspace, or takes what is remembered if no file changed. Throws for options that are not valid. */
  infer(
    root: string,
    files: readonly string[],
    options: unknown,
    release?: NxReleaseSettings,
  ): Inferred;
  /** What `infer` returned last; Nx asks for nodes first and for edges right after. */
  latest(root: string, files: () => readonly string[], options: unknown): WorkspaceModel;
}

/**
 * Inference with a memory, for a process that lives as long as the Nx daemon. What is remembered counts by
 * content: every file that the last reading looked at is compared, byte by byte. Nothing is kept on disk,
 * since parsing costs less than reading and checking what was stored.
 */
export function createInference(warn: (text: string) => void = console.warn): Inference {
  const remembered = new Map<string, Remembered>();
  const warned = new Set<string>();
  return {
    infer(root, files, options, release = {}) {
      const key = keyOf(root, options);
      const listed = [...files, JSON.stringify(release)].join('\n');
      const known = remembered.get(key);
      if (known?.files === listed && known.reader.isFresh()) return known;
      const inferred = { ...read(root, files, validOptions(options), release), files: listed };
      remembered.set(key, inferred);
      for (const broken of inferred.model.problems) warnOnce(describeBroken(broken));
      if (inferred.model.projects.size === 0)
        warnOnce(nothingFound(validOptions(options)).render());
      return inferred;
    },
    latest(root, files, options) {
      const known = remembered.get(keyOf(root, options));
      return (known ?? this.infer(root, files(), options)).model;
    },
  };

  function warnOnce(text: string): void {
    if (warned.has(text)) return;
    warned.add(text);
    warn(text);
  }
}

function describeBroken({ file, problems }: BrokenManifest): string {
  const text = problems.map((problem) => problem.render()).join('\n');
  return `\`${file}\` cannot be read; its packages are left out of the graph\n${text}`;
}

/** Nx refuses to release nothing before it asks any plugin, and cannot say what was looked for. */
function nothingFound(options: NormalizedOptions): ForgeError {
  const manifests = new Set(options.ecosystems.flatMap((ecosystem) => ecosystem.manifests));
  const list = [...manifests].map((manifest) => `\`${manifest}\``).join(', ');
  return new ForgeError('FORGE-G003', {
    what: `the workspace holds no package: there is no ${list} that describes one`,
    fix: 'add a manifest, or see whether nx.json switches its ecosystem off',
  });
}

function read(
  root: string,
  files: readonly string[],
  options: NormalizedOptions,
  release: NxReleaseSettings,
): Inferred & { readonly reader: FileReader } {
  const reader = createFileReader(root, files);
  const nxInferred = readNxInferred(files, reader);
  const model = loadWorkspace(files, reader, { ...options, nxInferred });
  const own = ownInputs(model, options.triggers, release);
  return { reader, model, nodes: projectNodes(model, { ...options, nxInferred, ownInputs: own }) };
}

function keyOf(root: string, options: unknown): string {
  return `${root}\0${JSON.stringify(options ?? {})}`;
}

function validOptions(options: unknown): NormalizedOptions {
  const normalized = normalizeOptions(options, ecosystems);
  if (normalized.ok) return normalized.value;
  throw new Error(normalized.problems.map((problem) => problem.render()).join('\n'));
}
