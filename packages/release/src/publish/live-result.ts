import type { PublishUnit } from '../plan/publish-unit';
import type { LiveState } from './compare-artifacts';
import { failure } from './failure';
import type { OnDuplicate, UnitResult } from './unit-result';

/** The result of a unit whose version was live before this run uploaded it; undefined where something is left to do. */
export function foundLive(
  unit: PublishUnit,
  live: LiveState,
  onDuplicate: OnDuplicate,
): UnitResult | undefined {
  switch (live.state) {
    case 'live':
      return { kind: 'already-there', how: live.how, ...withUrl(live.url) };
    case 'drifted':
      if (unit.planned || onDuplicate === 'fail') return failure('FORGE-P003', unit, live.detail);
      return { kind: 'drifted', detail: live.detail, ...withUrl(live.url) };
    case 'contradictory':
      return failure('FORGE-P011', unit, live.detail);
    case 'unknown':
      return failure('FORGE-P004', unit, live.reason);
    default:
      return undefined;
  }
}

/** The result of a unit that this run has uploaded, once the registry shows it. */
export function becameLive(unit: PublishUnit, live: LiveState): UnitResult | undefined {
  switch (live.state) {
    case 'live':
      return {
        kind: 'published',
        ...withUrl(live.url),
        ...(live.how === 'identical' ? {} : { how: live.how }),
      };
    case 'drifted':
      return failure('FORGE-P010', unit, live.detail);
    case 'contradictory':
      return failure('FORGE-P011', unit, live.detail);
    default:
      return undefined;
  }
}

function withUrl(url: string | undefined): { url?: string } {
  return url === undefined ? {} : { url };
}
