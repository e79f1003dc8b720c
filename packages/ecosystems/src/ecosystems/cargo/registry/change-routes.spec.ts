import { createWireServer } from '../../../testing';
import { cargo } from '..';
import { kit } from '../testing/kit';

const { request } = kit.registry.upload('first');

function server() {
  const wire = createWireServer(cargo, 'http://127.0.0.1:4999');
  const send = (method: string, path: string, body = '') => {
    const answer = wire.send({
      method: method as 'GET',
      url: `${wire.baseUrl}${path}`,
      body,
    });
    return { status: answer.status, json: Buffer.from(answer.body).toString() };
  };
  wire.send({ ...request, url: `${wire.baseUrl}${request.path}` });
  const isYanked = (): boolean =>
    (JSON.parse(send('GET', '/index/de/mo/demo').json) as { yanked: boolean }).yanked;
  return { send, isYanked };
}

it('a yank shows in the index, and its end', () => {
  const { send, isYanked } = server();
  expect(isYanked()).toBe(false);
  const done = { status: 200, json: '{"ok":true}' };
  expect(send('DELETE', '/api/v1/crates/demo/1.2.0/yank')).toEqual(done);
  expect(isYanked()).toBe(true);
  expect(send('PUT', '/api/v1/crates/demo/1.2.0/unyank')).toEqual(done);
  expect(isYanked()).toBe(false);
});

it('owners are listed, added and removed as cargo asks', () => {
  const { send } = server();
  const path = '/api/v1/crates/demo/owners';
  const users = (): readonly { readonly login: string }[] =>
    (JSON.parse(send('GET', path).json) as { users: { login: string }[] }).users;
  expect(users()).toEqual([{ id: 1, login: 'tester', name: 'tester' }]);
  const added = send('PUT', path, '{"users":["ada","grace"]}');
  expect(JSON.parse(added.json)).toEqual({ ok: true, msg: 'ada, grace: now an owner of demo' });
  expect(users().map(({ login }) => login)).toEqual(['tester', 'ada', 'grace']);
  send('DELETE', path, '{"users":["ada"]}');
  expect(users().map(({ login }) => login)).toEqual(['tester', 'grace']);
  expect(send('GET', '/api/v1/crates/absent/owners').status).toBe(404);
});

it.each(['', 'garbage', 'null', '[]', '{"users":[]}', '{"users":"ada"}', '{"users":[1]}'])(
  'owners that are no list of names are refused: %s',
  (body) => {
    expect(server().send('PUT', '/api/v1/crates/demo/owners', body).status).toBe(400);
  },
);
