import { labelOf } from '../plan/publish-unit';
import type { PreflightReport } from './report';

/** What preflight has to say beside its problems, for people; empty when that is nothing. */
export function describeReport({ warnings, firstPublished, waits }: PreflightReport): string {
  const names = firstPublished.map((unit) => `first publish  ${labelOf(unit)}\n`);
  const waiting = waits.map((wait) => `waits          ${wait}\n`);
  const told = warnings.map((warning) => `warning: ${warning.render()}\n`);
  return [...told, ...names, ...waiting].join('');
}
