import { startToyRegistry, type ToyRegistry } from '../../testing/client';
import { describeEachServer } from '../../testing/each-server';
import { password, peopleOf, type People } from '../../testing/people';

let registry: ToyRegistry;
let people: People;
let alice: string;
let bob: string;
const time = new Date('2026-01-01T00:00:00Z');
describeEachServer((empty) => {
  beforeAll(async () => {
    registry = await startToyRegistry({ ...(await empty()), now: () => time });
    people = peopleOf(registry);
    alice = await people.join('alice');
    bob = await people.join('bob');
  }, 60_000);
  afterAll(() => registry.close());

  describe('users', () => {
    it('are shown to everybody without their address, to themselves with it', async () => {
      const shown = { username: 'alice', created_at: time.toISOString() };
      expect((await people.ask('GET', '/users/alice')).body).toEqual(shown);
      expect((await people.ask('GET', '/users/me', undefined, alice)).body).toEqual({
        ...shown,
        email: 'alice@example.org',
        is_admin: false,
        is_blocked: false,
      });
      expect((await people.ask('GET', '/users/nobody')).status).toBe(404);
      expect((await people.ask('GET', '/users/me')).status).toBe(401);
    });

    it('are minded by administrators alone', async () => {
      const user = { username: 'carol', email: null, password };
      for (const token of [undefined, alice]) {
        const status = token === undefined ? 401 : 403;
        expect((await people.ask('GET', '/users', undefined, token)).status).toBe(status);
        expect((await people.ask('POST', '/users', user, token)).status).toBe(status);
        expect((await people.ask('PATCH', '/users/bob', { is_admin: true }, token)).status).toBe(
          status,
        );
      }
      const listed = await people.ask('GET', '/users', undefined, registry.token);
      expect(JSON.stringify(listed.body)).not.toContain('argon2');
      expect(listed.body['users']).toMatchObject([
        { username: 'alice' },
        { username: 'bob' },
        { username: 'forge', is_admin: true },
      ]);
    });

    it('are blocked with everything that they have, and let in again without it', async () => {
      const carol = await people.join('carol');
      const token = await people.tokenOf(carol, ['read']);
      const me = async (secret: string) =>
        (await people.ask('GET', '/users/me', undefined, secret)).status;
      expect([await me(carol), await me(token)]).toEqual([200, 200]);
      const change = (body: object) => people.ask('PATCH', '/users/carol', body, registry.token);
      expect((await change({ is_blocked: true })).body).toMatchObject({ is_blocked: true });
      expect([await me(carol), await me(token)]).toEqual([401, 401]);
      const login = () => people.ask('POST', '/auth/login', { username: 'carol', password });
      expect((await login()).status).toBe(401);
      expect((await change({ is_blocked: false })).status).toBe(200);
      expect([await me(carol), await me(token)]).toEqual([401, 401]);
      expect((await login()).status).toBe(200);
      expect((await people.ask('PATCH', '/users/nobody', {}, registry.token)).status).toBe(404);
    });
  });

  describe('tokens', () => {
    it('are shown once, listed without the secret, for their user alone', async () => {
      const wanted = { name: 'ci', scopes: ['publish:toy/Lamp'], expires_in_days: 7 };
      const made = await people.ask('POST', '/users/me/tokens', wanted, alice);
      const { token, ...shown } = made.body;
      expect([made.status, token, shown]).toEqual([
        201,
        expect.stringMatching(/^forge_[\w-]{43}$/),
        {
          id: expect.any(Number),
          name: 'ci',
          scopes: ['publish:toy/lamp'],
          created_at: '2026-01-01T00:00:00.000Z',
          expires_at: '2026-01-08T00:00:00.000Z',
        },
      ]);
      const listed = async (session: string) =>
        (await people.ask('GET', '/users/me/tokens', undefined, session)).body['tokens'];
      expect(await listed(alice)).toEqual([shown]);
      expect(await listed(bob)).toEqual([]);
    });

    it('are revoked at once, by their user alone', async () => {
      const { body } = await people.ask(
        'POST',
        '/users/me/tokens',
        { name: 'x', scopes: ['read'] },
        alice,
      );
      const token = String(body['token']);
      const me = async () => (await people.ask('GET', '/users/me', undefined, token)).status;
      const revoke = (session: string) =>
        people.ask('DELETE', `/users/me/tokens/${String(body['id'])}`, undefined, session);
      expect(await me()).toBe(200);
      expect((await revoke(bob)).status).toBe(404);
      expect(await me()).toBe(200);
      expect((await revoke(alice)).status).toBe(204);
      expect(await me()).toBe(401);
      expect((await revoke(alice)).status).toBe(404);
    });

    it('make no other tokens, unless they may do everything', async () => {
      const usual = await people.tokenOf(alice, ['read', 'publish', 'yank', 'owners']);
      for (const [method, path] of [
        ['GET', '/users/me/tokens'],
        ['POST', '/users/me/tokens'],
        ['DELETE', '/users/me/tokens/1'],
        ['PUT', '/users/me/password'],
      ] as const)
        expect((await people.ask(method, path, undefined, usual)).status).toBe(403);
      const wanted = { name: 'x', scopes: ['admin'] };
      expect((await people.ask('POST', '/users/me/tokens', wanted, alice)).status).toBe(400);
      const minding = await people.tokenOf(registry.token, ['admin']);
      expect((await people.ask('GET', '/users', undefined, minding)).status).toBe(200);
      const lesser = await people.tokenOf(minding, ['read']);
      expect((await people.ask('GET', '/users', undefined, lesser)).status).toBe(403);
    });

    it.each([
      [{ name: 'x', scopes: [] }],
      [{ name: '', scopes: ['read'] }],
      [{ name: 'x', scopes: ['everything'] }],
      [{ name: 'x', scopes: ['read'], expires_in_days: 0 }],
      [{ name: 'x' }],
    ])('are not made of %j', async (wanted) => {
      expect((await people.ask('POST', '/users/me/tokens', wanted, alice)).status).toBe(400);
    });

    it('log themselves out', async () => {
      const token = await people.tokenOf(alice, ['read']);
      expect((await people.ask('POST', '/auth/logout', undefined, token)).status).toBe(204);
      expect((await people.ask('GET', '/users/me', undefined, token)).status).toBe(401);
    });
  });
});
