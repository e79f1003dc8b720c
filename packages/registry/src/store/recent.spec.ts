import { recent } from './recent';

describe('recently used values', () => {
  it('are as many as the limit says, without the one not asked for the longest', () => {
    const values = recent<number>(2);
    values.set('a', 1);
    values.set('b', 2);
    values.get('a');
    values.set('c', 3);
    expect(['a', 'b', 'c'].map((key) => values.get(key))).toEqual([1, undefined, 3]);
  });

  it('weigh no more than the limit together, however often one is replaced', () => {
    const values = recent<string>(10, ({ length }) => length);
    for (let i = 0; i < 5; i += 1) values.set('a', 'x'.repeat(6));
    values.set('b', 'four');
    expect([values.get('a'), values.get('b')]).toEqual(['xxxxxx', 'four']);
    values.set('c', 'y');
    expect(values.get('a')).toBeUndefined();
    values.delete('b');
    values.set('d', 'z'.repeat(9));
    expect([values.get('c'), values.get('d')]).toEqual(['y', 'zzzzzzzzz']);
  });

  it('do not hold what alone is too heavy', () => {
    const values = recent<string>(3, ({ length }) => length);
    values.set('a', 'long');
    expect(values.get('a')).toBeUndefined();
  });
});
