import type { HttpRequest } from '@forge/ecosystems';
import type { PublishUnit } from '../plan/publish-unit';
import { askingAs } from './readers';
import { answer, app, toyUnit } from '../publish/testing/toy-world';

const unit = toyUnit(app);
const [url = ''] = Object.values(unit.endpoints);
const asked: (string | undefined)[] = [];
let searched = 0;
beforeEach(() => {
  asked.length = 0;
  searched = 0;
});

/** Tells strangers as much as it is told to. */
const registry = (toStrangers: number) => async (request: HttpRequest) => {
  const token = request.secretHeaders?.['authorization'];
  asked.push(token);
  return answer(token === undefined ? toStrangers : 200);
};
const reader = async () => {
  searched += 1;
  return { token: 'secret' };
};
const question = (to = url): HttpRequest => ({ method: 'GET', url: `${to}/app` });

it('asks an open registry as a stranger, and looks for no token', async () => {
  const ask = askingAs(reader);
  expect((await ask(unit, question(), registry(404))).status).toBe(404);
  expect([asked, searched]).toEqual([[undefined], 0]);
});

it('asks a closed one with the token, and the next time at once', async () => {
  const ask = askingAs(reader);
  expect((await ask(unit, question(), registry(401))).status).toBe(200);
  expect((await ask(unit, question(), registry(401))).status).toBe(200);
  expect(asked).toEqual([undefined, 'Bearer secret', 'Bearer secret']);
});

it('says what the registry says where nobody has a token', async () => {
  const ask = askingAs(async () => undefined);
  expect((await ask(unit, question(), registry(401))).status).toBe(401);
  expect(asked).toEqual([undefined]);
});

it('shows the token to no other host, also of a registry that is closed', async () => {
  const ask = askingAs(reader);
  await ask(unit, question(), registry(401));
  const elsewhere = question('https://files.example');
  expect((await ask(unit, elsewhere, registry(401))).status).toBe(401);
  expect(asked.at(-1)).toBeUndefined();
});

it('asks again for what may be hidden, and only then', async () => {
  const { ecosystem } = unit.node;
  const remote = { ...ecosystem.remote, mayHide: (name: string) => name === 'app' };
  const hidden: PublishUnit = {
    ...unit,
    node: { ...unit.node, ecosystem: { ...ecosystem, remote } },
  };
  const ask = askingAs(reader);
  expect((await ask(hidden, question(), registry(404))).status).toBe(200);
  expect((await ask(hidden, question(), registry(200))).status).toBe(200);
  expect(asked).toEqual([undefined, 'Bearer secret', undefined]);
});
