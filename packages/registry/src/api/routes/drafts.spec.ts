import { createHash } from 'node:crypto';
import type { Draft } from '../../drafts/draft';
import { apiOf, type ApiAnswer } from '../../testing/api';
import { startToyRegistry, type ToyRegistry } from '../../testing/client';
import { toyFile } from '../../testing/toy-contents';

const alice = 'token_of_alice_0123456789';
const bob = 'token_of_bob_0123456789';
const hours = 60 * 60 * 1000;

let registry: ToyRegistry;
let ask: ReturnType<typeof apiOf>;
let now = new Date('2026-01-01T00:00:00Z');
beforeAll(async () => {
  const wire = { manyUploadsPerVersion: true };
  registry = await startToyRegistry({ users: { alice, bob }, now: () => now, wire });
  ask = apiOf(registry);
}, 30_000);
afterAll(() => registry.close());

const drafts = (name: string) => `/packages/toy/${encodeURIComponent(name)}/drafts`;
const idOf = ({ body }: ApiAnswer) => (body as Draft).id;
const open = async (name: string, version = '1.0', token = alice) =>
  idOf(await ask(token, 'POST', drafts(name), { version }));

/** Sends the bytes and puts them into the draft. */
async function attach(name: string, draft: number, path: string, bytes: Buffer, token = alice) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await ask(token, 'PUT', `/packages/toy/${name}/blobs/${sha256}`, bytes);
  return ask(token, 'POST', `${drafts(name)}/${draft}/entries`, { path, sha256 });
}

const events = async (name: string) =>
  (await ask(registry.token, 'GET', `/audit?package=toy:${name}`)).body;

it('puts a version together and publishes it', async () => {
  const opened = await ask(alice, 'POST', drafts('lamp'), { version: '1.0' });
  expect(opened).toMatchObject({
    status: 201,
    body: { ecosystem: 'toy', name: 'lamp', version: '1.0', state: 'open', entries: [] },
  });
  const id = idOf(opened);
  const bytes = toyFile({ name: 'Lamp', version: '1.0.0', summary: 'Gives light' });
  expect((await attach('lamp', id, 'lamp-1.bin', bytes)).status).toBe(201);
  expect((await registry.get('/toy/packages/lamp')).status).toBe(404);
  expect(await ask(alice, 'POST', `${drafts('lamp')}/${id}/publish`)).toMatchObject({
    status: 200,
    body: { id, state: 'published', entries: [{ path: 'lamp-1.bin', size: bytes.length }] },
  });
  expect(await registry.packageOf('lamp')).toMatchObject({
    name: 'Lamp',
    owners: ['alice'],
    versions: [{ version: '1.0.0', files: [{ filename: 'lamp-1.bin' }] }],
  });
  expect(await (await registry.get('/toy/files/lamp-1.bin')).text()).toBe(bytes.toString());
});

it('opens the same draft again, and none of what is published', async () => {
  const first = await ask(alice, 'POST', drafts('chair'), { version: '1.0' });
  const second = await ask(alice, 'POST', drafts('Chair'), { version: '1.0' });
  expect(second).toEqual({ status: 200, body: first.body });
  await registry.publish('taken/1.0/taken.bin', 'x', { authorization: alice });
  expect(await ask(alice, 'POST', drafts('taken'), { version: '1.0.0' })).toEqual({
    status: 409,
    body: { code: 'FORGE-R006', message: '`taken` 1.0.0 is published (FORGE-R006)' },
  });
});

it.each([
  ['an invalid name', '1bad', { version: '1.0' }, 400, 'FORGE-R002'],
  ['an invalid version', 'good', { version: 'x' }, 400, 'FORGE-R003'],
  ['no version', 'good', {}, 400, 'FORGE-R001'],
  ['a version of another type', 'good', { version: 1 }, 400, 'FORGE-R001'],
])('opens no draft with %s', async (_, name, body, status, code) => {
  expect(await ask(alice, 'POST', drafts(name), body)).toMatchObject({ status, body: { code } });
});

it('opens no draft in an ecosystem that is not there', async () => {
  const answer = await ask(alice, 'POST', '/packages/none/lamp/drafts', { version: '1.0' });
  expect(answer).toMatchObject({ status: 404, body: { code: 'FORGE-R010' } });
});

it('takes only files whose bytes are here: FORGE-R061', async () => {
  const id = await open('shelf');
  const sha256 = 'a'.repeat(64);
  const entry = { path: 'shelf.bin', sha256 };
  expect(await ask(alice, 'POST', `${drafts('shelf')}/${id}/entries`, entry)).toEqual({
    status: 422,
    body: { code: 'FORGE-R061', message: `there are no bytes with ${sha256} (FORGE-R061)` },
  });
  const wrong = await ask(
    alice,
    'PUT',
    `/packages/toy/shelf/blobs/${sha256}`,
    Buffer.from('other'),
  );
  expect(wrong).toMatchObject({ status: 400, body: { code: 'FORGE-R004' } });
});

it('takes the same file again, and no other one of its name: FORGE-R062', async () => {
  const id = await open('table');
  expect((await attach('table', id, 'table.bin', Buffer.from('one'))).status).toBe(201);
  expect((await attach('table', id, 'table.bin', Buffer.from('one'))).status).toBe(200);
  expect(await attach('table', id, 'table.bin', Buffer.from('two'))).toMatchObject({
    status: 409,
    body: { code: 'FORGE-R062' },
  });
});

it.each(['../up.bin', '/root.bin', 'a/b.bin', '.hidden', 'a\\b', 'a\0b', ''])(
  'takes no file with the name %j',
  async (path) => {
    const id = await open('names');
    const entry = { path, sha256: 'a'.repeat(64) };
    expect(await ask(alice, 'POST', `${drafts('names')}/${id}/entries`, entry)).toMatchObject({
      status: 400,
      body: { code: 'FORGE-R001' },
    });
  },
);

it('keeps what the files must agree with, by the rules of the ecosystem: FORGE-R064', async () => {
  const id = await open('desk');
  const path = `${drafts('desk')}/${id}/manifest`;
  const manifest = { name: 'desk', version: '1.0.0', dependencies: [] };
  expect((await ask(alice, 'PUT', path, manifest)).status).toBe(201);
  expect((await ask(alice, 'PUT', path, manifest)).status).toBe(200);
  expect(await ask(alice, 'GET', `${drafts('desk')}/${id}`)).toMatchObject({ body: { manifest } });
  const dependencies = [
    { name: '1bad', requirement: '' },
    { name: 'left', requirement: 'latest' },
  ];
  const wrong = { name: 'other', version: '2.0', dependencies };
  expect(await ask(alice, 'PUT', path, wrong)).toEqual({
    status: 400,
    body: {
      code: 'FORGE-R064',
      message: [
        'the manifest is of `other`, the draft of `desk` (FORGE-R064)',
        'the manifest is of `2.0`, the draft of 1.0 (FORGE-R064)',
        '`1bad` is no name of a package (FORGE-R064)',
        '`left` has the unusable requirement `latest` (FORGE-R064)',
      ].join('; '),
    },
  });
  expect((await ask(alice, 'PUT', path, { ...manifest, more: 1 })).status).toBe(400);
});

it('publishes nothing that says other than its manifest: FORGE-R063', async () => {
  const id = await open('stool');
  const path = `${drafts('stool')}/${id}`;
  const publish = () => ask(alice, 'POST', `${path}/publish`);
  expect(await publish()).toMatchObject({ status: 422, body: { code: 'FORGE-R063' } });
  const dependencies = [{ name: 'leg', requirement: '2', kind: 'runtime' as const }];
  await attach('stool', id, 's.bin', toyFile({ name: 'stool', version: '1.0', dependencies }));
  const manifest = { name: 'stool', version: '1.0', summary: 'Low', dependencies: [] };
  await ask(alice, 'PUT', `${path}/manifest`, manifest);
  expect(await publish()).toEqual({
    status: 422,
    body: {
      code: 'FORGE-R063',
      message:
        '`summary` of the files is not that of the manifest (FORGE-R063); the files depend on leg 2 (runtime), which the manifest does not say (FORGE-R063)',
    },
  });
  expect((await registry.get('/toy/packages/stool')).status).toBe(404);
  await ask(alice, 'PUT', `${path}/manifest`, { name: 'stool', version: '1.0', dependencies });
  expect((await publish()).status).toBe(200);
});

it('publishes no file of another package, and no bytes that are none', async () => {
  const id = await open('bench');
  await attach('bench', id, 'b.bin', toyFile({ name: 'bank', version: '1.0' }));
  const publish = (draft: number) => ask(alice, 'POST', `${drafts('bench')}/${draft}/publish`);
  expect(await publish(id)).toMatchObject({ status: 422, body: { code: 'FORGE-R063' } });
  expect(await ask(alice, 'DELETE', `${drafts('bench')}/${id}`)).toMatchObject({
    body: { state: 'abandoned' },
  });
  const next = await open('bench');
  expect(next).not.toBe(id);
  await attach('bench', next, 'b.bin', Buffer.from('text'));
  expect(await publish(next)).toMatchObject({ status: 400, body: { code: 'FORGE-R001' } });
});

it('gathers several files into one version', async () => {
  const id = await open('sofa');
  for (const part of ['left', 'right'])
    await attach(
      'sofa',
      id,
      `sofa-${part}.bin`,
      toyFile({ name: 'sofa', version: '1.0', license: part }),
    );
  expect((await ask(alice, 'POST', `${drafts('sofa')}/${id}/publish`)).status).toBe(200);
  const [version] = (await registry.packageOf('sofa')).versions;
  expect(version?.files.map(({ filename }) => filename)).toEqual([
    'sofa-left.bin',
    'sofa-right.bin',
  ]);
});

it('is published once, however often and by however many: FORGE-R060 for all else', async () => {
  const id = await open('race');
  await attach('race', id, 'race.bin', toyFile({ name: 'race', version: '1.0' }));
  const path = `${drafts('race')}/${id}`;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ask(alice, 'POST', `${path}/publish`)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  for (let again = 0; again < 3; again += 1)
    expect((await ask(alice, 'POST', `${path}/publish`)).status).toBe(200);
  const told = (await events('race')) as { entries: { action: string }[] };
  const actions = told.entries.map(({ action }) => action);
  expect(actions.filter((action) => action === 'publish')).toHaveLength(1);
  expect(actions.filter((action) => action === 'draft.published')).toHaveLength(1);
  const outbox = await ask(registry.token, 'GET', '/events?aggregate=toy:race@1.0');
  expect(outbox.body).toMatchObject({ events: [{ event: 'version.published' }] });
  expect((outbox.body as { events: unknown[] }).events).toHaveLength(1);
  expect(await attach('race', id, 'more.bin', Buffer.from('x'))).toMatchObject({
    status: 409,
    body: { code: 'FORGE-R060', message: 'the draft of `race` 1.0 is published (FORGE-R060)' },
  });
  expect((await ask(alice, 'DELETE', path)).status).toBe(409);
  const manifest = { name: 'race', version: '1.0' };
  expect((await ask(alice, 'PUT', `${path}/manifest`, manifest)).status).toBe(409);
});

it('loses against another way in: what is there stays', async () => {
  const id = await open('rival');
  await attach('rival', id, 'rival.bin', toyFile({ name: 'rival', version: '1.0' }));
  await registry.publish('rival/1.0/other.bin', 'x', { authorization: bob });
  expect(await ask(alice, 'POST', `${drafts('rival')}/${id}/publish`)).toMatchObject({
    status: 403,
    body: { code: 'FORGE-R009' },
  });
});

it('belongs to who opened it, or to the owners: FORGE-R066', async () => {
  const id = await open('mine');
  const path = `${drafts('mine')}/${id}`;
  const denied = { status: 403, body: { code: 'FORGE-R066' } };
  expect(await ask(bob, 'POST', drafts('mine'), { version: '1.0' })).toMatchObject(denied);
  expect(await ask(bob, 'GET', path)).toMatchObject(denied);
  expect(await ask(bob, 'DELETE', path)).toMatchObject(denied);
  expect(await ask(bob, 'POST', `${path}/publish`)).toMatchObject(denied);
  expect(await attach('mine', id, 'mine.bin', Buffer.from('x'), bob)).toMatchObject(denied);
  expect((await ask(null, 'GET', path)).status).toBe(401);
  await registry.publish('mine/0.9/mine-0.bin', 'x', { authorization: alice });
  const other = await ask(bob, 'POST', drafts('mine'), { version: '2.0' });
  expect(other).toMatchObject({ status: 403, body: { code: 'FORGE-R009' } });
  await ask(alice, 'PUT', '/packages/toy/mine/owners', { users: ['bob'] });
  expect((await ask(bob, 'GET', path)).status).toBe(200);
});

it('is found under the name of its package only: FORGE-R065', async () => {
  const id = await open('here');
  expect((await ask(alice, 'GET', `${drafts('there')}/${id}`)).status).toBe(404);
  expect(await ask(alice, 'POST', `${drafts('there')}/${id}/publish`)).toMatchObject({
    status: 404,
    body: { code: 'FORGE-R065' },
  });
  expect((await ask(alice, 'DELETE', `${drafts('here')}/999999`)).status).toBe(404);
  expect((await ask(alice, 'GET', `${drafts('here')}/nonsense`)).status).toBe(400);
});

it('expires after seven days, and the version takes another draft', async () => {
  const before = now;
  const id = await open('late');
  now = new Date(before.getTime() + 8 * 24 * hours);
  expect(await attach('late', id, 'late.bin', Buffer.from('x'))).toMatchObject({
    status: 409,
    body: { message: 'the draft of `late` 1.0 is expired (FORGE-R060)' },
  });
  const next = await open('late');
  expect(next).not.toBe(id);
  expect(await ask(alice, 'GET', `${drafts('late')}/${id}`)).toMatchObject({
    body: { state: 'expired' },
  });
  now = before;
});

it('tells every attempt, also those that were denied or came to nothing', async () => {
  const id = await open('told');
  await attach('told', id, 'told.bin', toyFile({ name: 'told', version: '2.0' }));
  await ask(alice, 'PUT', `${drafts('told')}/${id}/manifest`, { name: 'told', version: '1.0' });
  await ask(bob, 'DELETE', `${drafts('told')}/${id}`);
  await ask(alice, 'POST', `${drafts('told')}/${id}/publish`);
  await ask(alice, 'DELETE', `${drafts('told')}/${id}`);
  const { entries } = (await events('told')) as {
    entries: { actor: string; action: string; detail: Record<string, unknown> }[];
  };
  expect(entries.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
    'alice draft.created',
    'alice draft.entry-added',
    'alice draft.manifest-set',
    'bob draft.denied',
    'alice draft.refused',
    'alice draft.abandoned',
  ]);
  expect(entries[4]?.detail).toMatchObject({
    draft: id,
    tried: 'draft.published',
    reason: expect.stringContaining('FORGE-R063'),
  });
});

describe('the audit', () => {
  const subjects = async (name: string) => {
    const { entries } = (await events(name)) as { entries: { subject: string; action: string }[] };
    return entries.map(({ action, subject }) => `${action} ${subject}`);
  };

  it('calls a package what its draft is called, however it is spelled', async () => {
    const id = await open('Sideboard');
    await attach('SIDEBOARD', id, 'side.bin', toyFile({ name: 'Sideboard', version: '1.0' }));
    await ask(alice, 'DELETE', `${drafts('sideboard')}/${id}`);
    expect(await subjects('Sideboard')).toEqual([
      'draft.created toy:Sideboard@1.0',
      'draft.entry-added toy:Sideboard@1.0',
      'draft.abandoned toy:Sideboard@1.0',
    ]);
  });

  it('calls a package that is published by its name, however it is spelled', async () => {
    const file = toyFile({ name: 'Wardrobe', version: '1.0' });
    await registry.publish('Wardrobe/1.0/wardrobe.bin', file.toString(), { authorization: alice });
    const id = await open('wardrobe', '2.0');
    await ask(alice, 'PUT', `${drafts('WARDROBE')}/${id}/manifest`, {
      name: 'wardrobe',
      version: '2.0',
    });
    await ask(bob, 'POST', drafts('WarDrobe'), { version: '3.0' });
    expect((await subjects('Wardrobe')).slice(-3)).toEqual([
      'draft.created toy:Wardrobe@2.0',
      'draft.manifest-set toy:Wardrobe@2.0',
      'draft.denied toy:Wardrobe@3.0',
    ]);
  });
});
