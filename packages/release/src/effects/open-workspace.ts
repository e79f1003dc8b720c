import { join } from 'node:path';
import {
  ecosystems as allEcosystems,
  problemsError,
  type Ecosystem,
  type Reader,
} from '@forge/ecosystems';
import { normalizeOptions, type NormalizedOptions } from '../configuration/plugin-options';
import { loadWorkspace } from '../graph/load-workspace';
import type { WorkspaceModel } from '../graph/model';
import { readIfPresent } from './files';
import { listWorkspaceFiles } from './git';
import { createFileReader } from './workspace-reader';

/** A workspace as it stands on disk. */
export interface Workspace {
  /** Absolute. */
  readonly root: string;
  /** Absolute directory that holds the files, where that is not `root`: a check-out of an earlier commit. */
  readonly source?: string;
  /** Workspace-relative paths of all files that git does not ignore. */
  readonly files: readonly string[];
  readonly reader: Reader;
  readonly model: WorkspaceModel;
  readonly options: NormalizedOptions;
}

/** Reads the workspace at `root` with the options of the plugin's entry in its nx.json. */
export async function openWorkspace(
  root: string,
  ecosystems: readonly Ecosystem[] = allEcosystems,
): Promise<Workspace> {
  const options = readPluginOptions(root, ecosystems);
  const files = await listWorkspaceFiles(root);
  const reader = createFileReader(root);
  const model = loadWorkspace(files, reader, options);
  return { root, files, reader, model, options };
}

/** The defaults where there is no nx.json. Throws when the options are not valid: nothing may run on a guess. */
export function readPluginOptions(
  root: string,
  ecosystems: readonly Ecosystem[] = allEcosystems,
): NormalizedOptions {
  const nxJson = readNxJson(root);
  const entry = nxJson.plugins?.find(
    (each) => (typeof each === 'string' ? each : each.plugin) === '@forge/release',
  );
  const options = normalizeOptions(
    typeof entry === 'object' ? entry.options : undefined,
    ecosystems,
  );
  if (!options.ok) throw problemsError(options.problems);
  return options.value;
}

interface NxJson {
  readonly plugins?: readonly (string | { readonly plugin: string; readonly options?: unknown })[];
}

function readNxJson(root: string): NxJson {
  const bytes = readIfPresent(join(root, 'nx.json'));
  return bytes ? (JSON.parse(Buffer.from(bytes).toString()) as NxJson) : {};
}
