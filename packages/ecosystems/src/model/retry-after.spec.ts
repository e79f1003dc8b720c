import { throttled, waitOf } from './retry-after';

const now = Date.UTC(2026, 10, 21, 12);

describe('when a registry wants to be asked again', () => {
  it.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': 'Sat, 21 Nov 2026 12:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 11:59:00 GMT' }, 0],
    [{ 'x-ratelimit-reset': String(now / 1000 + 5) }, 5000],
    [{ 'retry-after': '2', 'x-ratelimit-reset': String(now / 1000 + 5) }, 2000],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'x-ratelimit-reset': '60' }, undefined],
    [{}, undefined],
  ])('is read from %j', (headers, wait) => {
    expect(waitOf(headers, now)).toBe(wait);
  });

  it('stands in the outcome of an upload, a date as a date', () => {
    expect(throttled({ headers: { 'retry-after': '7' } }, 'slow down')).toEqual({
      kind: 'throttled',
      detail: 'slow down',
      retryAfter: 7000,
    });
    const headers = { 'retry-after': 'Sat, 21 Nov 2026 12:01:00 GMT' };
    expect(throttled({ headers }, 'slow down')).toMatchObject({ until: now + 60_000 });
  });
});
