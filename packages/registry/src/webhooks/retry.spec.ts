import { mostAttempts, pauseAfter } from './retry';

describe('the pause behind an attempt', () => {
  it('doubles, up to hours, and ends', () => {
    const pauses = Array.from({ length: mostAttempts }, (_, index) => pauseAfter(index + 1, 0.5));
    expect(pauses.slice(0, 4)).toEqual([10_000, 20_000, 40_000, 80_000]);
    expect(pauses.at(-2)).toBe(10_240_000);
    expect(pauses.at(-1)).toBeUndefined();
  });

  it('differs by chance, so that what failed together is not tried together', () => {
    expect([pauseAfter(1, 0), pauseAfter(1, 1)]).toEqual([9000, 11_000]);
  });

  it('is as long as the receiver asks, within reason', () => {
    expect([pauseAfter(1, 0.5, 60), pauseAfter(1, 0.5, 1), pauseAfter(1, 0.5, 1e9)]).toEqual([
      60_000, 10_000, 10_800_000,
    ]);
  });
});
