import type { Actor } from '../effects/actor';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import type { UnitResult } from './unit-result';

/** The machine-readable result of one package. */
export interface PublishResult {
  readonly package: string;
  readonly ecosystem: string;
  readonly version: string;
  /** Base URL. */
  readonly registry: string;
  readonly outcome: UnitResult['kind'];
  readonly url?: string;
  readonly artifacts: readonly { readonly filename: string; readonly sha256: string }[];
  /** Code and cause, when it failed or was skipped. */
  readonly error?: string;
  /** When that was known; ISO 8601. */
  readonly at?: string;
  readonly actor?: Actor;
}

export function toPublishResult(unit: PublishUnit, result: UnitResult): PublishResult {
  return {
    package: unit.node.manifest.name,
    ecosystem: unit.node.ecosystem.id,
    version: unit.version,
    registry: Object.values(unit.endpoints)[0] ?? '',
    outcome: result.kind,
    ...('url' in result && result.url !== undefined ? { url: result.url } : {}),
    artifacts: unit.artifacts.map(({ filename, sha256 }) => ({ filename, sha256 })),
    ...('error' in result ? { error: `${result.error.code} ${result.error.what}` } : {}),
  };
}

/** One line for people; a failure brings its full text. */
export function describeResult(unit: PublishUnit, result: UnitResult): string {
  const label = labelOf(unit);
  switch (result.kind) {
    case 'published':
      return `published      ${label}${result.url === undefined ? '' : `  ${result.url}`}`;
    case 'already-there':
      return `already there  ${label} (${result.how})`;
    case 'drifted':
      return `drifted        ${label}: ${result.detail}; nothing was uploaded`;
    case 'would-publish':
      return `would publish  ${label}  ${unit.artifacts.map(({ filename }) => filename).join(' ')}`;
    case 'failed':
      return `failed         ${label}\n${result.error.render()}`;
    case 'skipped':
      return `skipped        ${label}\n${result.error.render()}`;
  }
}
