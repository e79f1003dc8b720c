import { ecosystems } from '@forge/ecosystems';
import type { CreateDependencies, CreateNodes } from '@nx/devkit';
import type { NxReleaseSettings } from './configuration/nx-release-groups';
import type { PluginOptions } from './configuration/plugin-options';
import { manifestGlob } from './graph/manifest-files';
import { projectDependencies } from './graph/project-dependencies';
import { createInference } from './inference';

export const name = '@forge/release';

const inference = createInference();

/** One glob over all manifests and one call, so that names and edges are decided with everything in view. */
export const createNodes: CreateNodes<PluginOptions> = [
  manifestGlob(ecosystems),
  (files, options, { workspaceRoot, nxJsonConfiguration: { release } }) => [
    // Nx types more of it than concerns us, and less strictly.
    ...inference.infer(workspaceRoot, files, options, release as NxReleaseSettings).nodes,
  ],
];

/** The name that Nx 22 looked for; still accepted by Nx 24. */
export const createNodesV2 = createNodes;

export const createDependencies: CreateDependencies<PluginOptions> = (options, context) => {
  const { projects, workspaceRoot, fileMap } = context;
  const names = new Map<string, string>();
  for (const [key, { root }] of Object.entries(projects)) names.set(root, key);
  const files = (): string[] =>
    [fileMap.nonProjectFiles, ...Object.values(fileMap.projectFileMap)]
      .flat()
      .map(({ file }) => file);
  const model = inference.latest(workspaceRoot, files, options);
  return projectDependencies(model, (root) => names.get(root));
};
