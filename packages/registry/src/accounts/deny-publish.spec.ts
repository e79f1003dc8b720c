import { openTestAccounts, type TestAccounts } from '../testing/accounts';
import { toyEcosystem } from '../testing/toy-ecosystem';
import { toCaller } from './caller';
import { denyPublish } from './deny-publish';

let accounts: TestAccounts;
beforeAll(async () => {
  accounts = await openTestAccounts();
}, 30_000);
afterAll(() => accounts.store.close());

const upload = { name: 'Lamp', version: '1.0.0', files: [], metadata: null };
const deny = (scopes: readonly string[]) => {
  const grant = { username: 'alice', isAdmin: false, scopes };
  const caller = toCaller(grant, { kind: 'token', id: 1 }, accounts.normalize);
  return denyPublish(accounts.store, toyEcosystem(), upload, caller, accounts.now());
};

it('lets in whose token is good for the package, however it spells the name', async () => {
  expect(await deny(['publish:toy/lamp'])).toBeUndefined();
  expect(await accounts.trail()).toEqual([]);
});

it('refuses others before anything is stored, and tells the audit trail', async () => {
  expect(await deny(['read', 'publish:toy/lantern'])).toMatchObject({
    kind: 'forbidden',
    code: 'FORGE-R040',
    message: 'the token is not good for `publish` (FORGE-R040)',
  });
  expect(await accounts.trail()).toEqual(['publish.denied']);
});
