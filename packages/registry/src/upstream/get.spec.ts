import { startOtherRegistry, type OtherRegistry } from '../testing/toy-upstream';
import { get, isAsSafe } from './get';

let other: OtherRegistry;
beforeAll(async () => {
  other = await startOtherRegistry();
});
afterAll(() => other.close());

it('takes no more than it was told to', async () => {
  other.answers.set('/', { body: 'x'.repeat(101) });
  const of = (limit: number) =>
    get(other.url, { headers: {}, limit, timeoutMs: 5000, redirects: 0 });
  expect((await of(101)).ok).toBe(true);
  const refused = await of(100);
  expect(!refused.ok && refused.problems[0]?.what).toContain('more than 100 bytes');
});

it.each([
  ['http://a.example/x', 'http://b.example/', true],
  ['https://a.example/x', 'http://b.example/', true],
  ['https://a.example/x', 'https://b.example/', true],
  ['http://a.example/x', 'https://b.example/', false],
  ['http://user:secret@a.example/x', 'http://b.example/', false],
  ['file:///etc/passwd', 'http://b.example/', false],
  ['nothing', 'http://b.example/', false],
])('goes to %s from %s: %s', (target, source, expected) => {
  expect(isAsSafe(target, source)).toBe(expected);
});
