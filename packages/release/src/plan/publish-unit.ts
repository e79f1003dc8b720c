import type { Artifact, Endpoints } from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';

/** One package at one version, on its way to one registry. */
export interface PublishUnit {
  readonly node: PackageNode;
  /** Native spelling. */
  readonly version: string;
  readonly artifacts: readonly Artifact[];
  readonly endpoints: Endpoints;
  /** True when this release made the version; other content under it is then always an error. */
  readonly planned: boolean;
}

/** `<ecosystem>:demo@1.2.0`, for messages. */
export function labelOf({ node, version }: Pick<PublishUnit, 'node' | 'version'>): string {
  return `${node.ecosystem.id}:${node.manifest.name}@${version}`;
}
