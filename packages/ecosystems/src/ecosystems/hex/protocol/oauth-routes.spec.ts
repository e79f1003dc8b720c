import type { WireRequest, WireRoute, WireToken } from '../../../model';
import { encodeTerm } from '../erlang';
import { oauthRoutes } from './oauth-routes';

type SignIn = Extract<WireRoute, { readonly kind: 'sign-in' }>;

const [exchange, device] = oauthRoutes('/api') as readonly [SignIn, SignIn];
const asked = (fields: Readonly<Record<string, string>>): WireRequest => {
  const body = encodeTerm({ map: Object.entries(fields) });
  return { method: 'POST', path: '', params: {}, query: {}, headers: {}, body };
};
const grant = { grant_type: 'client_credentials', client_id: 'hex', scope: 'repositories' };
const context = { baseUrl: 'http://127.0.0.1:1/hex', keys: { rsaPrivate: '', rsaPublic: '' } };

it('changes a key for itself, and says when to ask again', () => {
  const request = asked({ ...grant, client_secret: 'a key' });
  expect(exchange.credentials(request)).toEqual({
    ok: true,
    value: { kind: 'token', secret: 'a key' },
  });
  const headers = { accept: 'application/json' };
  const token: WireToken = {
    id: '1',
    user: 'zoe',
    name: '',
    scopes: [],
    createdAt: '',
    secret: 'a key',
  };
  const { status, body } = exchange.respond(token, { ...request, headers }, context);
  expect([status, JSON.parse(String(body))]).toEqual([
    200,
    { access_token: 'a key', token_type: 'bearer', expires_in: 3600 },
  ]);
});

it.each([
  ['a code of a device', exchange, { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }],
  ['the question for one', device, { client_id: 'hex', scope: 'api' }],
  ['nothing', exchange, {}],
])('says how to get in instead of taking %s', (_, route, fields) => {
  expect(route.credentials(asked(fields))).toMatchObject({
    problems: [{ code: 'FORGE-R001', what: expect.stringContaining('HEX_API_KEY') }],
  });
});
