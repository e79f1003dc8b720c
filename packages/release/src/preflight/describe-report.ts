import { labelOf } from '../plan/publish-unit';
import type { PreflightReport } from './report';

/** What preflight has to say beside its problems, for people; empty when that is nothing. */
export function describeReport({ warnings, firstPublished }: PreflightReport): string {
  const names = firstPublished.map((unit) => `first publish  ${labelOf(unit)}\n`);
  return [...warnings.map((warning) => `warning: ${warning.render()}\n`), ...names].join('');
}
