import { whoeverAnswers } from './confirm';

const { isTTY } = process.stdin;
afterEach(() => void Object.assign(process.stdin, { isTTY }));

it('without a terminal the answer is no, and nobody waits for it', async () => {
  Object.assign(process.stdin, { isTTY: false });
  expect(await whoeverAnswers(false)?.('Go on?')).toBe(false);
});

it('who said yes is not asked', () => {
  expect(whoeverAnswers(true)).toBeUndefined();
});
