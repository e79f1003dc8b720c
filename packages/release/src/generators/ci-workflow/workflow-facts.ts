import type { Ecosystem, WorkflowStep } from '@forge/ecosystems';
import type { PackageNode } from '../../graph/model';
import type { PackageManagerSteps } from './package-manager';
import type { Secret } from './secrets';
import type { VersionSource } from './version-source';

/** All that a workflow says of the workspace that it is for. */
export interface WorkflowFacts {
  readonly defaultBranch: string;
  readonly versions: VersionSource;
  /** Tags that start a release; empty where none does. */
  readonly tags: readonly string[];
  readonly packageManager: PackageManagerSteps;
  /** Steps that bring the native tools, in the order of the ecosystems, each once. */
  readonly toolSetup: readonly WorkflowStep[];
  readonly secrets: readonly Secret[];
  /** Those whose registries take the word of the CI system. */
  readonly trusted: readonly Ecosystem[];
  /** True where somebody takes the word of the CI system: a registry for a token, or who signs statements of provenance. */
  readonly isVouchedFor: boolean;
  /** True where releases are shown on the forge. */
  readonly showsReleases: boolean;
  readonly environment?: string | undefined;
}

/** Whatever the packages need to be packed and uploaded, as GitHub's machines get it. */
export function toolSetup(
  nodes: readonly PackageNode[],
  ecosystems: readonly Ecosystem[],
): readonly WorkflowStep[] {
  const ordered = ecosystems.flatMap(({ id }) => nodes.filter((node) => node.ecosystem.id === id));
  const steps = ordered.flatMap(({ ecosystem, manifest }) => {
    const needs = ecosystem.tool.needs(manifest);
    return [...needs.package, ...needs.publish].flatMap(({ setup }) => setup?.github ?? []);
  });
  return [...new Map(steps.map((step) => [JSON.stringify(step), step])).values()];
}
