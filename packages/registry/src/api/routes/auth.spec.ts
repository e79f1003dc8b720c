import { startToyRegistry, type ToyRegistry } from '../../testing/client';
import { describeEachServer } from '../../testing/each-server';
import { password, peopleOf, type People } from '../../testing/people';

let registry: ToyRegistry;
let people: People;
let time = new Date('2026-01-01T00:00:00Z');
describeEachServer((empty) => {
  beforeAll(async () => {
    time = new Date('2026-01-01T00:00:00Z');
    registry = await startToyRegistry({ now: () => time, accounts: { registration: true } });
    people = peopleOf(registry);
  }, 60_000);
  afterAll(() => registry.close());

  const alice = { username: 'alice', email: 'alice@example.org', password };
  const me = async (token: string) =>
    (await people.ask('GET', '/users/me', undefined, token)).status;

  describe('registering', () => {
    it('makes a user and begins a session', async () => {
      const { status, body } = await people.ask('POST', '/auth/register', alice);
      expect([status, body]).toEqual([
        201,
        {
          user_id: expect.any(Number),
          username: 'alice',
          email: 'alice@example.org',
          created_at: '2026-01-01T00:00:00.000Z',
          token: expect.stringMatching(/^ey/),
        },
      ]);
      expect(await me(String(body['token']))).toBe(200);
    });

    it.each([
      ['the name is taken', { ...alice, email: 'other@example.org' }, 409, 'FORGE-R046'],
      [
        'the address is taken',
        { ...alice, username: 'alicia', email: 'ALICE@example.org' },
        409,
        'FORGE-R046',
      ],
      ['the name is short', { ...alice, username: 'al' }, 400, 'FORGE-R047'],
      ['the name stands for something', { ...alice, username: 'me' }, 400, 'FORGE-R047'],
      ['the name is a path', { ...alice, username: '../me' }, 400, 'FORGE-R047'],
      ['the address is none', { ...alice, username: 'bobby', email: 'bobby' }, 400, 'FORGE-R047'],
      [
        'the password is short',
        { ...alice, username: 'bobby', password: 'short' },
        400,
        'FORGE-R047',
      ],
      ['a member is missing', { username: 'bobby' }, 400, 'FORGE-R001'],
      ['a member is of another kind', { ...alice, username: 7 }, 400, 'FORGE-R001'],
    ])('is refused if %s', async (_, asked, status, code) => {
      const answered = await people.ask('POST', '/auth/register', asked);
      expect([answered.status, answered.body['code']]).toEqual([status, code]);
      expect(JSON.stringify(answered.body)).not.toContain(password);
    });
  });

  describe('logging in', () => {
    it('takes the address or the name, and the password', async () => {
      for (const who of [{ email: 'alice@example.org' }, { username: 'alice' }]) {
        const { status, body } = await people.ask('POST', '/auth/login', { ...who, password });
        expect([status, body]).toEqual([
          200,
          {
            token: expect.stringMatching(/^ey/),
            expires_at: '2026-01-31T00:00:00.000Z',
            user: { username: 'alice', created_at: '2026-01-01T00:00:00.000Z' },
          },
        ]);
        expect(await me(String(body['token']))).toBe(200);
      }
    });

    it('says the same to everybody else, and slows them down', async () => {
      const wrong = () =>
        people.ask('POST', '/auth/login', { username: 'alicia', password: 'guess' });
      for (let i = 0; i < 5; i += 1) {
        const { status, body } = await wrong();
        expect([status, body]).toEqual([
          401,
          { code: 'FORGE-R043', message: 'the name or the password is wrong (FORGE-R043)' },
        ]);
      }
      const { status, body, headers } = await wrong();
      expect([status, body['code'], headers.get('retry-after')]).toEqual([
        429,
        'FORGE-R041',
        '180',
      ]);
      time = new Date(time.getTime() + 180_000);
      expect((await wrong()).status).toBe(401);
    });
  });

  describe('a session', () => {
    const login = async () =>
      String(
        (await people.ask('POST', '/auth/login', { username: 'alice', password })).body['token'],
      );

    it('is refreshed: the old token is over at once', async () => {
      const first = await login();
      const { status, body } = await people.ask('POST', '/auth/refresh', undefined, first);
      expect([status, Object.keys(body)]).toEqual([200, ['token', 'expires_at']]);
      expect(await me(first)).toBe(401);
      expect(await me(String(body['token']))).toBe(200);
      expect((await people.ask('POST', '/auth/refresh', undefined, first)).status).toBe(401);
      expect(await me(String(body['token']))).toBe(401);
    });

    it('is refreshed for nobody else', async () => {
      for (const token of [undefined, 'ey.ey.ey', registry.token])
        expect((await people.ask('POST', '/auth/refresh', undefined, token)).status).toBe(401);
    });

    it('ends by logging out', async () => {
      const token = await login();
      expect((await people.ask('POST', '/auth/logout', undefined, token)).status).toBe(204);
      expect(await me(token)).toBe(401);
    });

    it('ends for all when the password changes', async () => {
      const [token, other] = [await login(), await login()];
      const change = (current: string, next: string) =>
        people.ask('PUT', '/users/me/password', { current, password: next }, token);
      expect((await change('wrong', 'another good phrase')).status).toBe(401);
      expect((await change(password, 'short')).status).toBe(400);
      expect((await change(password, 'another good phrase')).status).toBe(204);
      expect([await me(token), await me(other)]).toEqual([401, 401]);
      const login2 = { username: 'alice', password: 'another good phrase' };
      expect((await people.ask('POST', '/auth/login', login2)).status).toBe(200);
    });
  });

  it('lets nobody register unless it is told to', async () => {
    const closed = await startToyRegistry(await empty());
    const { status, body } = await peopleOf(closed).ask('POST', '/auth/register', alice);
    expect([status, body['code']]).toEqual([403, 'FORGE-R045']);
    await closed.close();
  }, 30_000);
});
