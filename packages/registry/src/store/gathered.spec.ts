import { gathered } from './gathered';

describe('what is gathered', () => {
  it('is done at once, and together with what came while another round was under way', async () => {
    const rounds: (readonly number[])[] = [];
    const ends: (() => void)[] = [];
    const act = gathered<number>((items) => {
      rounds.push(items);
      return new Promise((resolve) => ends.push(resolve));
    });
    const first = act(1);
    await Promise.resolve();
    const others = [act(2), act(3)];
    expect(rounds).toEqual([[1]]);
    ends[0]?.();
    await first;
    await new Promise(setImmediate);
    expect(rounds).toEqual([[1], [2, 3]]);
    ends[1]?.();
    await Promise.all(others);
  });

  it('fails with its own round alone', async () => {
    const act = gathered<string>(async (items) => {
      if (items.includes('bad')) throw new Error('of its round');
    });
    await expect(act('bad')).rejects.toThrow('of its round');
    await act('good');
  });
});
