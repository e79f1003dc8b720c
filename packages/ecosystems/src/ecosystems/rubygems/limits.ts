import type { RateLimit } from '../../model';

const source = 'https://guides.rubygems.org/rubygems-org-rate-limits/';
const second = 1000;
const hour = 3_600_000;

/** Per address. An answer of 429 carries `Retry-After`, which `gem push` does not show. */
export const limits: readonly RateLimit[] = [
  { on: 'read', requests: 10, perMs: second, burst: 10, source },
  { on: 'upload', requests: 400, perMs: hour, burst: 400, source },
];
