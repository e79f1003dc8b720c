import type { WireRequest, WireRoute } from '../../../model';
import { encodeTerm, type Term } from '../erlang';
import { keyRoutes } from './key-routes';

const [making] = keyRoutes('/api') as readonly [Extract<WireRoute, { kind: 'token' }>];
const asked = (body: Uint8Array, headers: WireRequest['headers'] = {}) =>
  making.order({ method: 'POST', path: '/api/keys', params: {}, query: {}, headers, body });

const key = (...permissions: readonly (readonly [string, string])[]): Term => ({
  map: [
    ['name', 'ci'],
    [
      'permissions',
      permissions.map(([domain, resource]): Term => ({
        map: [
          ['domain', domain],
          ['resource', resource],
        ],
      })),
    ],
  ],
});

it.each([
  [[], undefined],
  [[['api', 'write']], ['read', 'publish:hex', 'yank', 'owners']],
  [[['api', 'read']], ['read']],
  [[['package', 'hexpm/lamp']], ['publish:hex/lamp']],
  [
    [
      ['repositories', ''],
      ['api', 'read'],
    ],
    ['read'],
  ],
] as const)('reads the permissions %j of Erlang terms as the scopes %j', (permissions, scopes) => {
  expect(asked(encodeTerm(key(...permissions)))).toEqual({
    ok: true,
    value: { act: 'make', wants: { name: 'ci', ...(scopes ? { scopes } : {}) } },
  });
});

it.each([Uint8Array.of(), Uint8Array.of(131), encodeTerm('ci'), encodeTerm({ map: [] })])(
  'asks for a name',
  (body) => {
    expect(asked(body)).toMatchObject({ ok: false, problems: [{ code: 'FORGE-R001' }] });
  },
);
