import { byteBudget } from './byte-budget';

/** Asks for so many bytes, and tells when they were given. */
async function ask(budget: ReturnType<typeof byteBudget>, bytes: number, given: number[]) {
  const giveBack = await budget.take(bytes);
  given.push(bytes);
  return giveBack;
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('gives what is free, and the rest in the order in which it was asked for', async () => {
  const budget = byteBudget(10);
  const given: number[] = [];
  const asked = [6, 5, 1].map((bytes) => ask(budget, bytes, given));
  await settle();
  // The one that asks for little waits as well: else many of them could keep a large one out for good.
  expect(given).toEqual([6]);
  (await asked[0])?.();
  await settle();
  expect(given).toEqual([6, 5, 1]);
});

it('gives all of it to who wants more than there is', async () => {
  const budget = byteBudget(10);
  const given: number[] = [];
  const giveBack = await ask(budget, 100, given);
  const next = ask(budget, 1, given);
  await settle();
  expect(given).toEqual([100]);
  giveBack();
  giveBack();
  (await next)();
  expect(given).toEqual([100, 1]);
  const all = await ask(budget, 10, given);
  void ask(budget, 1, given);
  await settle();
  expect(given).toEqual([100, 1, 10]);
  all();
});
