import type { Artifact, Endpoints, ForgeError } from '@forge/ecosystems';
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

export type UnitResult =
  | { readonly kind: 'published'; readonly url?: string }
  /** `how` says whether the very bytes are live or the same content in other bytes. */
  | {
      readonly kind: 'already-there';
      readonly how: 'identical' | 'same content';
      readonly url?: string;
    }
  | { readonly kind: 'drifted'; readonly detail: string; readonly url?: string }
  | { readonly kind: 'would-publish' }
  | { readonly kind: 'failed'; readonly error: ForgeError }
  | { readonly kind: 'skipped'; readonly error: ForgeError };

export type OnDuplicate = 'skip' | 'warn' | 'fail';

export const onDuplicateValues: readonly OnDuplicate[] = ['skip', 'warn', 'fail'];

/** Dependents go on only after these. */
export function isSuccess(result: UnitResult): boolean {
  return result.kind !== 'failed' && result.kind !== 'skipped';
}

/** `<ecosystem>:demo@1.2.0`, for messages. */
export function labelOf({ node, version }: Pick<PublishUnit, 'node' | 'version'>): string {
  return `${node.ecosystem.id}:${node.manifest.name}@${version}`;
}
