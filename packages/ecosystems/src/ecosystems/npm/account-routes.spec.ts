import type { Result, TokenOrder, WireRequest } from '../../model';
import { accountRoutes } from './account-routes';

/** What `npm token create` of npm 11 sends for these options. */
function create(options: Readonly<Record<string, unknown>>): Result<TokenOrder> {
  const path = '/-/npm/v1/tokens';
  const route = accountRoutes.find((each) => each.method === 'POST' && each.path === path);
  if (route?.kind !== 'token') throw new Error('there is no such route');
  const request: WireRequest = {
    ...{ method: 'POST', path, params: {}, query: {}, headers: {} },
    body: Buffer.from(JSON.stringify({ password: 'a password', ...options })),
  };
  return route.order(request);
}

it.each([
  ['everything', {}, undefined],
  ['everything', { packages_and_scopes_permission: 'read-write' }, undefined],
  ['one package', { packages: ['x'] }, ['publish:npm/x']],
  ['a scope', { scopes: ['@acme'] }, ['publish:npm/@acme/*']],
  ['reading', { readonly: true }, ['read']],
  ['reading', { packages_and_scopes_permission: 'read-only', packages: ['x'] }, ['read']],
  ['reading', { packages_and_scopes_permission: 'no-access', packages: ['x'] }, ['read']],
])('makes a token for %s out of %j', (_, options, scopes) => {
  const order = create(options);
  expect(order.ok && order.value).toMatchObject({ act: 'make', wants: { name: 'npm token' } });
  expect(order.ok && order.value.act === 'make' && order.value.wants.scopes).toEqual(scopes);
});

it.each([
  { packages_and_scopes_permission: 'all' },
  { orgs: ['acme'] },
  { cidr_whitelist: ['10.0.0.0/8'] },
  { password: undefined },
])('refuses %j', (options) => {
  expect(create(options)).toMatchObject({ ok: false, problems: [{ code: 'FORGE-R001' }] });
});
