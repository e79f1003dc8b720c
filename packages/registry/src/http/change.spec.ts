import type { PackageChange } from '@forge/ecosystems';
import { startToyRegistry, type ToyRegistry } from '../testing/client';

const alice = 'token_of_alice_0123456789';
const bob = 'token_of_bob_0123456789';

let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry({ users: { alice, bob } });
}, 30_000);
afterAll(() => registry.close());

const as = (authorization: string) => ({ authorization });
const yank = { kind: 'yank', version: '1.0.0' } as const;
const reason = async (response: Response) =>
  ((await response.json()) as { message: string }).message;

/** Publishes two versions of a new package as alice. */
async function publishTwo(name: string): Promise<void> {
  for (const version of ['1.0.0', '1.1.0'])
    await registry.publish(`${name}/${version}/${name}-${version}.bin?tag=latest`, 'x', as(alice));
}

describe('a package belongs to who publishes it first', () => {
  it('who may publish and change it', async () => {
    await publishTwo('first');
    expect((await registry.packageOf('first')).owners).toEqual(['alice']);
    expect((await registry.change('first', [yank], alice)).status).toBe(200);
  });

  it('and nobody else, until an owner says so', async () => {
    await publishTwo('mine');
    const refused = await registry.publish('mine/2.0.0/mine-2.bin', 'x', as(bob));
    expect([refused.status, await reason(refused)]).toEqual([
      403,
      '`mine` belongs to alice (FORGE-R009)',
    ]);
    expect((await registry.change('mine', [yank], bob)).status).toBe(403);
    expect((await registry.change('mine', [yank])).status).toBe(403);
    expect((await registry.packageOf('mine')).versions).toMatchObject([{ yanked: false }, {}]);
    await registry.change('mine', [{ kind: 'add-owner', user: 'bob' }], alice);
    expect((await registry.packageOf('mine')).owners).toEqual(['alice', 'bob']);
    expect((await registry.publish('mine/2.0.0/mine-2.bin', 'x', as(bob))).status).toBe(201);
    await registry.change('mine', [{ kind: 'remove-owner', user: 'alice' }], bob);
    expect((await registry.change('mine', [yank], alice)).status).toBe(403);
  });

  it('also where two publish it at once', async () => {
    const tokens = Array.from({ length: 10 }, (_, index) => (index % 2 ? alice : bob));
    const all = tokens.map((token, index) =>
      registry.publish(`duel/1.${index}.0/duel-${index}.bin`, `${index}`, as(token)),
    );
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    const { owners, versions } = await registry.packageOf('duel');
    expect(owners).toHaveLength(1);
    expect(versions).toHaveLength(5);
    const winner = owners[0] === 'alice' ? alice : bob;
    expect(statuses).toEqual(tokens.map((token) => (token === winner ? 201 : 403)));
  });

  it('and never to nobody, nor to somebody who is not there', async () => {
    await publishTwo('alone');
    const last = await registry.change('alone', [{ kind: 'remove-owner', user: 'alice' }], alice);
    expect([last.status, await reason(last)]).toEqual([
      409,
      '`alone` would have no owner left (FORGE-R011)',
    ]);
    for (const kind of ['add-owner', 'remove-owner'] as const) {
      const unknown = await registry.change('alone', [{ kind, user: 'nobody' }], alice);
      expect([unknown.status, await reason(unknown)]).toEqual([
        404,
        expect.stringContaining('FORGE-R010'),
      ]);
    }
    expect((await registry.get('/toy/users/alice')).status).toBe(200);
    expect((await registry.get('/toy/users/nobody')).status).toBe(404);
  });
});

describe('a yanked version', () => {
  it('says so and why, is served on, and can be taken up again', async () => {
    await publishTwo('yanked');
    const notice = { message: 'it leaks', reason: 'security' };
    await registry.change('yanked', [{ ...yank, notice }], alice);
    const [first] = (await registry.packageOf('yanked')).versions;
    expect(first).toMatchObject({ version: '1.0.0', yanked: true, notice });
    expect(await (await registry.get('/toy/files/yanked-1.0.0.bin')).text()).toBe('x');
    await registry.change('yanked', [{ kind: 'unyank', version: '1.0.0' }], alice);
    const [again] = (await registry.packageOf('yanked')).versions;
    expect(again).toMatchObject({ yanked: false });
    expect(again).not.toHaveProperty('notice');
  });

  it('is published again with the same bytes, and stays yanked', async () => {
    await publishTwo('kept');
    await registry.change('kept', [yank], alice);
    const again = await registry.publish('kept/1.0.0/kept-1.0.0.bin', 'x', as(alice));
    expect(again.status).toBe(201);
    expect((await registry.packageOf('kept')).versions).toMatchObject([{ yanked: true }, {}]);
  });
});

describe('what is taken back', () => {
  const remove = { kind: 'remove', version: '1.1.0' } as const;

  it('is gone, with its file and the tags that point at it', async () => {
    await publishTwo('gone');
    expect((await registry.get('/toy/files/gone-1.1.0.bin')).status).toBe(200);
    expect((await registry.change('gone', [remove], alice)).status).toBe(200);
    const { versions, tags } = await registry.packageOf('gone');
    expect([versions.map(({ version }) => version), tags]).toEqual([['1.0.0'], {}]);
    expect((await registry.get('/toy/files/gone-1.1.0.bin')).status).toBe(404);
    expect((await registry.change('gone', [remove], alice)).status).toBe(404);
  });

  it('cannot be published again, not even with the same bytes', async () => {
    await publishTwo('burnt');
    await registry.change('burnt', [remove], alice);
    for (const file of ['burnt-1.1.0.bin', 'other.bin']) {
      const again = await registry.publish(`burnt/1.1.0/${file}`, 'x', as(alice));
      expect([again.status, await reason(again)]).toEqual([
        409,
        '`burnt-1.1.0.bin` was published and taken back (FORGE-R012)',
      ]);
    }
  });

  it('can be published again where the ecosystem says so, as often as it likes', async () => {
    await publishTwo('anew');
    for (const content of ['second', 'third']) {
      await registry.change(
        'anew',
        [
          { ...yank, version: '1.1.0' },
          { ...remove, reusable: true },
        ],
        alice,
      );
      const again = await registry.publish('anew/1.1.0/anew-1.1.0.bin', content, as(alice));
      expect(again.status).toBe(201);
      expect(await (await registry.get('/toy/files/anew-1.1.0.bin')).text()).toBe(content);
    }
    expect((await registry.packageOf('anew')).versions).toMatchObject([{}, { yanked: false }]);
  });

  it('leaves the package to its owner when it was all of it', async () => {
    await publishTwo('empty');
    await registry.change('empty', [remove, { ...remove, version: '1.0.0' }], alice);
    expect((await registry.get('/toy/packages/empty')).status).toBe(404);
    expect((await registry.publish('empty/2.0.0/empty-2.bin', 'x', as(bob))).status).toBe(403);
    expect((await registry.publish('empty/2.0.0/empty-2.bin', 'x', as(alice))).status).toBe(201);
  });
});

describe('changes', () => {
  it('move and delete tags', async () => {
    await publishTwo('tagged');
    const set = (tag: string): PackageChange => ({ kind: 'set-tag', tag, version: '1.0.0' });
    await registry.change('tagged', [set('latest'), set('old')], alice);
    expect((await registry.packageOf('tagged')).tags).toEqual({ latest: '1.0.0', old: '1.0.0' });
    await registry.change('tagged', [{ kind: 'delete-tag', tag: 'old' }], alice);
    expect((await registry.packageOf('tagged')).tags).toEqual({ latest: '1.0.0' });
  });

  it('are made all or none', async () => {
    await publishTwo('whole');
    const before = await registry.packageOf('whole');
    const changes = [yank, { ...yank, version: '9.0.0' }];
    const response = await registry.change('whole', changes, alice);
    expect([response.status, await reason(response)]).toEqual([
      404,
      '`whole` has no version `9.0.0` (FORGE-R010)',
    ]);
    expect(await registry.packageOf('whole')).toEqual(before);
  });

  it('need a token, a package and an order that can be read', async () => {
    await publishTwo('asked');
    expect((await registry.change('asked', [yank], 'no-token')).status).toBe(401);
    expect((await registry.change('absent', [yank], alice)).status).toBe(404);
    const garbage = { method: 'POST', body: 'garbage', headers: as(alice) };
    expect((await fetch(`${registry.url}/toy/change/asked`, garbage)).status).toBe(422);
  });

  it('share an address with publishing where the body tells which is meant', async () => {
    const send = (body: string, token = alice) =>
      fetch(`${registry.url}/toy/both/shared`, { method: 'POST', body, headers: as(token) });
    expect(await (await send('bytes')).json()).toBe('published');
    expect(await (await send(JSON.stringify([yank]))).json()).toBe('changed');
    expect((await registry.packageOf('shared')).versions).toMatchObject([{ yanked: true }]);
    for (const body of ['bytes', '[]']) expect((await send(body, 'no-token')).status).toBe(401);
  });
});

describe('what is attached to a version', () => {
  const put = (version: string, body: string, token = alice) =>
    fetch(`${registry.url}/toy/docs/book/${version}`, { method: 'PUT', body, headers: as(token) });
  const read = async () => {
    const response = await registry.get('/toy/files/book-1.0.0.docs');
    return [response.status, response.headers.get('cache-control'), await response.text()];
  };

  it('is served beside it, and replaced and taken away by an owner', async () => {
    await publishTwo('book');
    for (const text of ['first', 'second']) {
      expect((await put('1.0.0', text)).status).toBe(201);
      expect(await read()).toEqual([200, 'no-cache', text]);
    }
    const [first, second] = (await registry.packageOf('book')).versions;
    expect(first?.attachments).toMatchObject([{ filename: 'book-1.0.0.docs', size: 6 }]);
    expect(second).not.toHaveProperty('attachments');
    expect((await put('1.0.0', 'third', bob)).status).toBe(403);
    expect((await put('1.0.0', 'third', 'no-token')).status).toBe(401);
    expect((await put('9.0.0', 'third')).status).toBe(404);
    expect((await put('1.0.0', '')).status).toBe(422);
    expect(await read()).toEqual([200, 'no-cache', 'second']);
    const filename = 'book-1.0.0.docs';
    await registry.change('book', [{ kind: 'detach', version: '1.0.0', filename }], alice);
    expect((await read())[0]).toBe(404);
  });

  it('goes with its version, and does not come back with another one of the number', async () => {
    await put('1.0.0', 'old');
    await registry.change('book', [{ kind: 'remove', version: '1.0.0', reusable: true }], alice);
    expect((await read())[0]).toBe(404);
    await registry.publish('book/1.0.0/book-1.0.0.bin', 'new', as(alice));
    expect((await read())[0]).toBe(404);
  });
});
