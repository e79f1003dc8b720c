import { gathered } from './gathered';

describe('what is gathered', () => {
  it('is done at once, and together with what came while another round was under way', async () => {
    const rounds: (readonly number[])[] = [];
    const ends: (() => void)[] = [];
    const act = gathered((items: readonly number[]) => {
      rounds.push(items);
      return new Promise<readonly number[]>((resolve) => {
        ends.push(() => resolve(items.map((each) => each * 10)));
      });
    });
    const first = act(1);
    await Promise.resolve();
    const others = [act(2), act(3)];
    expect(rounds).toEqual([[1]]);
    ends[0]?.();
    expect(await first).toBe(10);
    await new Promise(setImmediate);
    expect(rounds).toEqual([[1], [2, 3]]);
    ends[1]?.();
    expect(await Promise.all(others)).toEqual([20, 30]);
  });

  it('waits for a round that does not end no longer than there is patience for it', async () => {
    const act = gathered(async (items: readonly string[]) => {
      if (items.includes('stuck')) await new Promise(() => undefined);
      return items;
    }, 10);
    void act('stuck');
    await Promise.resolve();
    expect(await Promise.all([act('a'), act('b')])).toEqual(['a', 'b']);
    expect(await act('c')).toBe('c');
  });

  it('fails with its own round alone', async () => {
    const act = gathered(async (items: readonly string[]) => {
      if (items.includes('bad')) throw new Error('of its round');
      return items;
    });
    await expect(act('bad')).rejects.toThrow('of its round');
    expect(await act('good')).toBe('good');
  });
});
