import { slots } from './slots';

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('slots', () => {
  it('run no more than their number at once', async () => {
    const slot = slots(8);
    let [running, most] = [0, 0];
    await Promise.all(
      Array.from({ length: 20 }, () =>
        slot(async () => {
          running += 1;
          most = Math.max(most, running);
          await pause();
          running -= 1;
        }),
      ),
    );
    expect([most, running]).toEqual([8, 0]);
  });

  it('go to the highest rank of all that are ready, and then to who came first', async () => {
    const slot = slots(1);
    const order: string[] = [];
    const work = (name: string, rank: number): Promise<unknown> =>
      slot(async () => order.push(name), rank);
    await Promise.all([work('low', 0), work('high', 2), work('middle', 1), work('also high', 2)]);
    expect(order).toEqual(['high', 'also high', 'middle', 'low']);
  });

  it('are free again after work that fails', async () => {
    const slot = slots(1);
    const failed = slot(async () => {
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await slot(async () => 'next')).toBe('next');
  });
});
