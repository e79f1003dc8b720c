import { openTestAccounts } from '../testing/accounts';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { makeApiToken } from './api-tokens';
import { signIn } from './sign-in';

it('trusts no provider of identities unless it is told to', async () => {
  const accounts = await openTestAccounts();
  const identity = { kind: 'identity', jwt: 'ey.ey.ey', audience: String } as const;
  const signed = await signIn(accounts, toyEcosystem(), identity, '192.0.2.1');
  expect(signed).toMatchObject({ ok: false, problems: [{ code: 'FORGE-R044' }] });
  await accounts.store.close();
}, 30_000);

it('changes a valid token for itself, and no other', async () => {
  const accounts = await openTestAccounts();
  await accounts.addUser('alice', 'correct horse battery');
  const wants = {
    name: 'reads',
    scopes: ['read'],
    expiresInDays: 1,
    user: 'alice',
    isAdmin: false,
  };
  const made = await makeApiToken(accounts, wants);
  const secret = made.ok ? made.value.secret : '';
  const bring = (brought: string) =>
    signIn(accounts, toyEcosystem(), { kind: 'token', secret: brought }, '192.0.2.1');
  expect(await bring(secret)).toMatchObject({
    ok: true,
    value: { username: 'alice', scopes: ['read'], secret },
  });
  expect(await bring(`${secret}x`)).toMatchObject({ problems: [{ code: 'FORGE-R005' }] });
  accounts.pass(25 * 60 * 60 * 1000);
  expect(await bring(secret)).toMatchObject({ problems: [{ code: 'FORGE-R005' }] });
  expect(await accounts.trail()).toEqual(['token.created']);
  await accounts.store.close();
}, 30_000);
