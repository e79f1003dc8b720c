import { ForgeError, type ErrorCode } from '@forge/ecosystems';
import { isNoRoom } from '../plan/no-room';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import type { UnitResult } from './unit-result';

/** A failed unit. The text names package, registry and cause; the fix is the code's own unless a better one is known. */
export function failure(
  code: ErrorCode,
  unit: PublishUnit,
  detail: string,
  fix?: string,
): Extract<UnitResult, { kind: 'failed' }> {
  const { node } = unit;
  const what = `\`${labelOf(unit)}\` at ${node.ecosystem.title} (${registryOf(unit)}): ${detail}`;
  const where = { file: node.manifest.file };
  return {
    kind: 'failed',
    error: new ForgeError(code, { what, where, ...(fix === undefined ? {} : { fix }) }),
  };
}

/** The base URL that stands for a registry in messages. */
export function registryOf({ endpoints }: Pick<PublishUnit, 'endpoints'>): string {
  return Object.values(endpoints)[0] ?? '';
}

/** What was thrown ends its own unit: uploads that are under way beside it must reach their end. */
export function brokenUnit(unit: PublishUnit, error: unknown): UnitResult {
  if (error instanceof ForgeError) return { kind: 'failed', error };
  const cause = error instanceof Error ? error.message : String(error);
  return failure(isNoRoom(cause) ? 'FORGE-P014' : 'FORGE-A002', unit, cause);
}
