import { updateUser } from '../store';
import { openTestAccounts, type TestAccounts } from '../testing/accounts';
import { checkAttempt } from './log-in';

const password = 'correct horse battery';
let accounts: TestAccounts;
beforeAll(async () => {
  accounts = await openTestAccounts();
  await accounts.addUser('alice', password);
  await accounts.addUser('carol', password);
}, 30_000);
afterAll(() => accounts.store.close());

const attempt = (name: string, given: string, address = '192.0.2.1') =>
  checkAttempt(accounts, { name, password: given, address });
const wrong = { ok: false, problems: [{ code: 'FORGE-R043' }] };

it('knows a user by the name and by the address, whatever its case', async () => {
  expect(await attempt('alice', password)).toMatchObject({
    ok: true,
    value: { username: 'alice' },
  });
  expect(await attempt('Alice@Example.ORG', password)).toMatchObject({ ok: true });
});

it('says the same of a wrong password, of nobody and of what is no name', async () => {
  const answers = [
    await attempt('alice', 'wrong horse battery'),
    await attempt('nobody', password),
    await attempt("' or 1=1 --", password),
  ];
  for (const answer of answers) expect(answer).toMatchObject(wrong);
  expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
  const trail = await accounts.store.db.query(
    'select actor, action, subject from audit order by id',
  );
  expect(trail).toEqual(
    ['user:alice', 'user:?', 'user:?'].map((subject) => {
      return { actor: 'nobody', action: 'login.denied', subject };
    }),
  );
});

it('slows down who guesses, from that address only, and says for how long', async () => {
  const guess = () => attempt('carol', 'guess', '192.0.2.2');
  for (let i = 0; i < 5; i += 1) expect(await guess()).toMatchObject(wrong);
  expect(await guess()).toMatchObject({ problems: [{ code: 'FORGE-R041', seconds: 180 }] });
  // Not even the right password is looked at.
  expect(await attempt('carol', password, '192.0.2.2')).toMatchObject({ ok: false });
  expect(await attempt('carol', password, '192.0.2.3')).toMatchObject({ ok: true });
  accounts.pass(180_000);
  expect(await attempt('carol', password, '192.0.2.2')).toMatchObject({ ok: true });
});

it('counts no attempt that was right, however many come at a time', async () => {
  const right = () => attempt('alice', password, '192.0.2.4');
  const answers = await Promise.all(Array.from({ length: 8 }, right));
  expect(answers.map(({ ok }) => ok)).toEqual(answers.map(() => true));
});

it('lets nobody lock a user out from elsewhere, however often they try', async () => {
  const tries = Array.from({ length: 150 }, () => attempt('alice', 'guess', '192.0.2.6'));
  const refused = (await Promise.all(tries)).filter((each) => !each.ok);
  const codes = refused.map((each) => (each.ok ? '' : each.problems[0]?.code));
  expect(codes.filter((code) => code === 'FORGE-R043')).toHaveLength(5);
  expect(codes.filter((code) => code === 'FORGE-R041')).toHaveLength(145);
  expect(await attempt('alice', password, '192.0.2.7')).toMatchObject({ ok: true });
  // What was not looked at counts nowhere, so another name is not yet refused at that address either.
  expect(await attempt('carol', password, '192.0.2.6')).toMatchObject({ ok: true });
});

it('does not count what the server itself could not answer', async () => {
  const { throttle } = accounts;
  const fails = () =>
    throttle.attempt('dora', '192.0.2.8', () => Promise.reject(new Error('away')));
  for (let i = 0; i < 8; i += 1) await expect(fails()).rejects.toThrow('away');
});

it('does not let a blocked user in', async () => {
  await updateUser(accounts.store.db, 'carol', { isBlocked: true }, accounts.now());
  expect(await attempt('carol', password, '192.0.2.5')).toMatchObject(wrong);
  await updateUser(accounts.store.db, 'carol', { isBlocked: false }, accounts.now());
  expect(await attempt('carol', password, '192.0.2.5')).toMatchObject({ ok: true });
});
