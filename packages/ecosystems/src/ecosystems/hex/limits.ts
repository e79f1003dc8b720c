import type { RateLimit } from '../../model';

const minute = 60_000;

/** Questions are asked without a key, and count by address; what is sent with a key counts by its user. */
export const limits: readonly RateLimit[] = [
  {
    on: 'read',
    requests: 100,
    perMs: minute,
    burst: 100,
    source: 'https://github.com/hexpm/specifications/blob/main/apiary.apib',
  },
  {
    on: 'upload',
    requests: 500,
    perMs: minute,
    burst: 500,
    source: 'https://github.com/hexpm/hexpm/blob/main/lib/hexpm_web/plugs/attack.ex',
  },
];
