import type { GroupOptions } from './group-options';

/** A release group as the plan sees it, whether Nx told of it or `nx.json` was read. */
export interface ReleaseGroup {
  readonly name: string;
  /** True when all its projects get one version. */
  readonly isFixed: boolean;
  /** Names of projects in the model of the workspace, in the order in which the group has them. */
  readonly projects: readonly string[];
  readonly options: GroupOptions;
}
