import { tokenBuckets } from './token-buckets';

let time = 0;
const buckets = () => tokenBuckets({ burst: 3, perHour: 60 }, () => new Date(time));
beforeEach(() => {
  time = 1_000_000;
});

it('gives a burst and then one a minute, to each key its own', () => {
  const { take } = buckets();
  expect([1, 2, 3, 4].map(() => take('a'))).toEqual([0, 0, 0, 60]);
  expect(take('b')).toBe(0);
  time += 45_000;
  expect(take('a')).toBe(15);
  time += 15_000;
  expect([take('a'), take('a')]).toEqual([0, 60]);
});

it('never holds more than the burst, and takes back what did not count', () => {
  const { take, giveBack } = buckets();
  time += 24 * 3_600_000;
  giveBack('a');
  expect([1, 2, 3, 4].map(() => take('a')).slice(-2)).toEqual([0, 60]);
  giveBack('a');
  expect(take('a')).toBe(0);
});

it('is not deceived by a clock that goes back', () => {
  const { take } = buckets();
  [1, 2, 3].forEach(() => take('a'));
  time -= 500_000;
  expect(take('a')).toBe(60);
});

it('forgets those that were not asked for the longest, so that memory is bounded', () => {
  const { take } = tokenBuckets({ burst: 1, perHour: 1 }, () => new Date(time), 2);
  expect([take('a'), take('b'), take('c'), take('c')]).toEqual([0, 0, 0, 3600]);
  expect(take('a')).toBe(0);
});
