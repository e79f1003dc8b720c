import type { RateLimit, SizeLimit } from '../../model';

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

/** The same that Hex's own packer holds (hex_core 0.19, `tarball_max_size`). */
export const sizeLimit: SizeLimit = {
  maxBytes: 16 * 1024 ** 2,
  raisable: false,
  source: 'https://github.com/hexpm/hex_core/blob/main/src/hex_core.erl',
};
