import { checkPassword, hashPassword, isPassword } from './passwords';

it('keeps Argon2id with a salt of its own, never the password', async () => {
  const [one, other] = await Promise.all([1, 2].map(() => hashPassword('correct horse battery')));
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toContain('horse');
  expect(one).not.toBe(other);
  expect(await isPassword(one ?? '', 'correct horse battery')).toBe(true);
  expect(await isPassword(one ?? '', 'correct horse batterz')).toBe(false);
});

it('lets nobody in who has no password', async () => {
  expect(await isPassword(null, '')).toBe(false);
  expect(await isPassword(null, 'anything at all')).toBe(false);
});

it('looks at no more than the longest password', async () => {
  const long = 'a1b2'.repeat(64);
  const stored = await hashPassword(long);
  expect(await isPassword(stored, long)).toBe(true);
  expect(await isPassword(stored, `${long}x`)).toBe(false);
});

it.each([
  ['short', 'fewer than 10'],
  ['a1b2'.repeat(65), 'more than 256'],
  ['aaaaabbbbbccccc', 'repeats'],
  ['alice12345', 'the name of the user'],
])('takes `%s` for no password: %s', (password, reason) => {
  const checked = checkPassword(password, 'alice');
  expect(checked).toMatchObject({ ok: false, problems: [{ code: 'FORGE-R047' }] });
  expect(JSON.stringify(checked)).not.toContain(password);
  if (!checked.ok) expect(checked.problems[0]?.what).toContain(reason);
});

it('takes a good one', () => {
  expect(checkPassword('Grünes Licht um 7', 'alice')).toEqual({
    ok: true,
    value: 'Grünes Licht um 7',
  });
});
