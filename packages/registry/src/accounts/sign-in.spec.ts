import { openTestAccounts } from '../testing/accounts';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { signIn } from './sign-in';

it('trusts no provider of identities unless it is told to', async () => {
  const accounts = await openTestAccounts();
  const identity = { kind: 'identity', jwt: 'ey.ey.ey', audience: String } as const;
  const signed = await signIn(accounts, toyEcosystem(), identity, '192.0.2.1');
  expect(signed).toMatchObject({ ok: false, problems: [{ code: 'FORGE-R044' }] });
  await accounts.store.close();
}, 30_000);
