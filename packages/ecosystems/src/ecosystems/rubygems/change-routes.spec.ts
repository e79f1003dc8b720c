import { createWireServer } from '../../testing';
import { rubygems } from '.';
import { buildGem } from './testing/gem';

function server() {
  const wire = createWireServer(rubygems, 'http://127.0.0.1:4999');
  const send = (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body: string | Uint8Array = '',
  ) => {
    const answer = wire.send({ method, url: `${wire.baseUrl}${path}`, body });
    return { status: answer.status, text: Buffer.from(answer.body).toString() };
  };
  for (const parts of [{}, { platform: 'java' }, { version: '1.3.0' }])
    send('POST', '/api/v1/gems', buildGem(parts));
  const listed = (): string[] =>
    [...send('GET', '/info/acme').text.matchAll(/^(\d\S*)/gm)].map(([, version = '']) => version);
  const yank = (form: string) => send('DELETE', '/api/v1/gems/yank', form);
  return { send, listed, yank };
}

it('a yank takes the gem of one platform away, by default the one for every Ruby', () => {
  const { listed, yank } = server();
  expect(listed()).toEqual(['1.2.0', '1.2.0-java', '1.3.0']);
  expect(yank('gem_name=acme&version=1.2.0')).toEqual({
    status: 200,
    text: 'Successfully deleted gem: acme (1.2.0)\n',
  });
  expect(listed()).toEqual(['1.2.0-java', '1.3.0']);
  expect(yank('gem_name=acme&version=1.2.0').status).toBe(422);
  expect(yank('gem_name=acme&version=1.2.0&platform=java').status).toBe(200);
  expect(listed()).toEqual(['1.3.0']);
});

it.each([
  '',
  'gem_name=acme',
  'gem_name=acme&version=9.0',
  'gem_name=acme&version=1.3.0&platform=x',
])('a yank of what is not there is refused: %s', (form) => {
  const { listed, yank } = server();
  expect(yank(form).status).toBeGreaterThanOrEqual(400);
  expect(listed()).toHaveLength(3);
});

it('owners are listed, added and removed by handle or address', () => {
  const { send } = server();
  const owners = '/api/v1/gems/acme/owners';
  const list = (): string[] =>
    [...send('GET', `${owners}.yaml`).text.matchAll(/"handle":"(\w+)"/g)].map(
      ([, name = '']) => name,
    );
  expect(send('POST', owners, 'email=ada').text).toBe('Owner added successfully.\n');
  expect(list()).toEqual(['tester', 'ada']);
  expect(send('DELETE', owners, 'email=ada%40localhost').text).toBe(
    'Owner removed successfully.\n',
  );
  expect(list()).toEqual(['tester']);
  expect(send('POST', owners, '').status).toBe(422);
  expect(send('GET', '/api/v1/gems/absent/owners.yaml').status).toBe(404);
});

it('conflicts are told apart in the words of rubygems.org', () => {
  const { refuse } = rubygems.wire;
  const told = (code: 'FORGE-R006' | 'FORGE-R012' | 'FORGE-R011') =>
    String(refuse({ kind: 'conflict', code, message: 'the reason' }).body);
  expect(told('FORGE-R006')).toContain('Repushing of gem versions is not allowed');
  expect(told('FORGE-R012')).toContain('A yanked version already exists');
  expect(told('FORGE-R011')).toBe('the reason\n');
});
