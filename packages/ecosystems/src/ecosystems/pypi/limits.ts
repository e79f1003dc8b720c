import type { RateLimit, SizeLimit } from '../../model';

const day = 24 * 3_600_000;

/**
 * Per account and per address, told by PyPI's administrators (2026) and by the header `RateLimit-Policy`:
 * `project.create.user;q=4;w=86400`. Refused attempts may count, so asking again early is no help. Neither
 * questions nor further files of a project are limited.
 */
export const limits: readonly RateLimit[] = [
  {
    on: 'new-package',
    requests: 4,
    perMs: day,
    burst: 4,
    source: 'https://github.com/pypi/support/issues/10572',
  },
];

/** Of one file. */
export const sizeLimit: SizeLimit = {
  maxBytes: 100 * 1024 ** 2,
  raisable: true,
  source: 'https://docs.pypi.org/project-management/storage-limits/',
};
