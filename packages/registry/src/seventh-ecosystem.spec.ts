import { toy } from '../../ecosystems/src/testing/toy';
import { kit } from '../../ecosystems/src/testing/toy/testing/kit';
import { startRegistry, type RunningRegistry } from './server';

/** The toy of the conformance suite: nothing here knows of it but the list it stands in. */
let registry: RunningRegistry;
beforeAll(async () => {
  registry = await startRegistry({ ecosystems: [toy] });
}, 60_000);
afterAll(() => registry.close());

const { name, version } = kit.registry;

function publish(content: string, token = registry.token): Promise<Response> {
  const { method, path, headers, body } = kit.registry.upload(content).request;
  const authorized = { ...headers, authorization: `Bearer ${token}` };
  return fetch(`${registry.url}${toy.prefix}${path}`, { method, headers: authorized, body });
}

async function presence() {
  const endpoints = toy.endpointsAt(registry.url);
  const answer = await fetch(toy.remote.lookup(name, version, endpoints).url);
  const body = new Uint8Array(await answer.arrayBuffer());
  return toy.remote.presence(
    name,
    version,
    { status: answer.status, headers: {}, body },
    endpoints,
  );
}

describe('a seventh ecosystem on the server', () => {
  it('is refused without a token, and without a trace', async () => {
    expect((await publish('first', 'wrong')).status).toBe(401);
    expect(await presence()).toEqual({ state: 'absent' });
  });

  it('is published once, the same again is a success, other content is refused in its own words', async () => {
    expect((await publish('first')).status).toBe(201);
    expect((await publish('first')).status).toBe(201);
    expect((await publish('second')).status).toBe(409);
    const found = await presence();
    if (found.state !== 'present') throw new Error(JSON.stringify(found));
    const [file] = found.files;
    const served = await (await fetch(file?.url ?? '')).arrayBuffer();
    expect(Buffer.from(served).equals(kit.registry.upload('first').bytes)).toBe(true);
  });
});
