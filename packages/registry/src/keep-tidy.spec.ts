import { keepTidy } from './keep-tidy';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('tidies up every hour, also after a failure, until it is stopped', async () => {
  const failures: unknown[] = [];
  const collect = jest
    .fn()
    .mockRejectedValueOnce('the database is away')
    .mockResolvedValue({ blobs: 0, bytes: 0 });
  const tidying = keepTidy({ collect }, (error) => failures.push(error));
  await jest.advanceTimersByTimeAsync(2.5 * 60 * 60 * 1000);
  expect(collect).toHaveBeenCalledTimes(2);
  expect(failures).toEqual(['the database is away']);
  await tidying.stop();
  await jest.advanceTimersByTimeAsync(60 * 60 * 1000);
  expect(collect).toHaveBeenCalledTimes(2);
});
