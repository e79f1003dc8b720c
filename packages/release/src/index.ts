/** Loaded by Nx as the plugin, on every command: what stands here has to load in milliseconds. */
export { createDependencies, createNodes, createNodesV2, name } from './plugin';
export type { PluginOptions } from './configuration/plugin-options';
export type { ForgeMetadata } from './graph/project-metadata';
