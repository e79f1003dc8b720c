import type { RateLimit, SizeLimit } from '../../model';

const source = 'https://crates.io/docs/rate-limits';
const minute = 60_000;

/** Per account. An answer of 429 says until when. Reads of the index are not limited. */
export const limits: readonly RateLimit[] = [
  { on: 'new-package', requests: 1, perMs: 10 * minute, burst: 5, source },
  { on: 'new-version', requests: 1, perMs: minute, burst: 30, source },
];

export const sizeLimit: SizeLimit = {
  maxBytes: 10 * 1024 ** 2,
  raisable: true,
  source: 'https://doc.rust-lang.org/cargo/reference/publishing.html#packaging-a-crate',
};
