import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import { peopleOf, type Answered } from '../testing/people';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('webhooks of a registry', () => {
  let registry: ToyRegistry;
  let receiver: Server;
  let received: Received[] = [];
  let answers: number[] = [];
  let retryAfter = '';
  let url = '';
  const ask = (method: string, path: string, body?: unknown): Promise<Answered> =>
    peopleOf(registry).ask(method, path, body, registry.token);

  beforeAll(async () => {
    registry = await startToyRegistry({ privateWebhooks: true });
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        const headers = {
          location: '/elsewhere',
          ...(retryAfter && { 'retry-after': retryAfter }),
        };
        response.writeHead(answers.shift() ?? 204, headers).end();
      });
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  }, 60_000);
  afterAll(async () => {
    receiver.close();
    await registry.close();
  });
  beforeEach(() => {
    received = [];
    answers = [];
    retryAfter = '';
  });

  const add = async (more: object = {}) => {
    const added = await ask('POST', '/webhooks', { url, ...more });
    expect(added.status).toBe(201);
    return added.body as { readonly id: number; readonly secret: string };
  };
  const until = async (isThere: () => boolean | Promise<boolean>) => {
    for (let left = 400; left > 0; left -= 1) {
      if (await isThere()) return;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error('it does not happen');
  };
  const deliveriesOf = async (id: number) =>
    (await ask('GET', `/webhooks/${id}/deliveries`)).body['deliveries'] as readonly {
      readonly id: number;
      readonly state: string;
      readonly attempts: number;
      readonly status: number | null;
      readonly dueAt: string | null;
      readonly problem: string | null;
      readonly event: { readonly event: string; readonly aggregate: string };
    }[];

  it('are told of what happens from then on, signed with a secret that is shown once', async () => {
    await registry.publish('early/1.0.0/early.bin', 'bytes');
    const { id, secret } = await add();
    expect(JSON.stringify((await ask('GET', '/webhooks')).body)).not.toContain(secret);
    await registry.publish('app/1.0.0/app.bin', 'bytes');
    await until(async () => (await deliveriesOf(id))[0]?.state === 'delivered');
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(received.length).toBe(1);
    expect(JSON.parse(body)).toMatchObject({
      type: 'version.published',
      data: { ecosystem: 'toy', name: 'app', version: '1.0.0' },
    });
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    await ask('DELETE', `/webhooks/${id}`);
  });

  it('are told only of what they asked for', async () => {
    const { id } = await add({ events: ['version.yanked'], packages: ['toy:some*'] });
    const yank = async (name: string) => {
      await registry.publish(`${name}/1.0.0/${name}.bin`, 'bytes');
      await registry.change(name, [{ kind: 'yank', version: '1.0.0' }]);
    };
    await yank('other');
    await yank('something');
    await until(() => received.length > 0);
    const told = (await deliveriesOf(id)).map(({ event }) => `${event.event} ${event.aggregate}`);
    expect(told).toEqual(['version.yanked toy:something@1.0.0']);
    await ask('DELETE', `/webhooks/${id}`);
  });

  it('are told of a package in whatever spelling they asked for it', async () => {
    const hooks = [await add({ packages: ['toy:FLASK'] }), await add({ packages: ['toy:FlaSk*'] })];
    await registry.publish('Flask/1.0.0/Flask.bin', 'bytes');
    for (const { id } of hooks) {
      await until(async () => (await deliveriesOf(id)).length > 0);
      expect((await deliveriesOf(id))[0]?.event.aggregate).toBe('toy:Flask@1.0.0');
      await ask('DELETE', `/webhooks/${id}`);
    }
  });

  it('are tried again later, never led elsewhere, and told again when somebody asks', async () => {
    answers = [302];
    const { id } = await add();
    await registry.publish('again/1.0.0/again.bin', 'bytes');
    await until(async () => (await deliveriesOf(id))[0]?.status === 302);
    const [failed] = await deliveriesOf(id);
    expect(failed).toMatchObject({ state: 'pending', attempts: 1 });
    expect(failed?.problem).toContain('not followed');
    expect(received.length).toBe(1);
    const again = await ask('POST', `/webhooks/${id}/deliveries/${failed?.id}/redeliver`);
    expect(again.status).toBe(202);
    await until(async () => (await deliveriesOf(id))[0]?.state === 'delivered');
    expect(received.length).toBe(2);
    expect(received[0]?.body).toBe(received[1]?.body);
    expect(received[0]?.headers['webhook-id']).toBe(received[1]?.headers['webhook-id']);
    await ask('DELETE', `/webhooks/${id}`);
  });

  it.each<[string, () => string]>([
    ['seconds', () => '3600'],
    ['a date', () => new Date(Date.now() + 3_600_000).toUTCString()],
  ])('are not tried again before the receiver wants it, which says %s', async (kind, wanted) => {
    [answers, retryAfter] = [[503], wanted()];
    const { id } = await add();
    const name = `later-${kind.length}`;
    await registry.publish(`${name}/1.0.0/${name}.bin`, 'bytes');
    await until(async () => (await deliveriesOf(id))[0]?.status === 503);
    const dueAt = new Date((await deliveriesOf(id))[0]?.dueAt ?? 0).getTime();
    expect(Math.abs(dueAt - Date.now() - 3_600_000)).toBeLessThan(60_000);
    await ask('DELETE', `/webhooks/${id}`);
  });

  it('are given up at once by a receiver that answers 410', async () => {
    answers = [410];
    const { id } = await add();
    await registry.publish('gone/1.0.0/gone.bin', 'bytes');
    await until(async () => (await deliveriesOf(id))[0]?.state === 'dead');
    expect((await deliveriesOf(id))[0]).toMatchObject({ status: 410, attempts: 1 });
    await ask('DELETE', `/webhooks/${id}`);
  });

  it('leave a trail, and are for administrators only', async () => {
    const { id } = await add();
    await ask('DELETE', `/webhooks/${id}`);
    expect((await ask('DELETE', `/webhooks/${id}`)).status).toBe(404);
    expect((await ask('GET', `/webhooks/${id}/deliveries`)).status).toBe(404);
    const trail = await ask('GET', `/audit?package=webhook:${id}`);
    const actions = (trail.body['entries'] as { action: string }[]).map(({ action }) => action);
    expect(actions).toEqual(['webhook.added', 'webhook.removed']);
    const people = peopleOf(registry);
    const session = await people.join('eve');
    expect((await people.ask('GET', '/webhooks', undefined, session)).status).toBe(403);
    expect((await people.ask('POST', '/webhooks', { url }, session)).status).toBe(403);
  });

  it('are refused where names of events are none: FORGE-R080', async () => {
    const refused = await ask('POST', '/webhooks', { url, events: ['a b'] });
    expect([refused.status, refused.body['code']]).toEqual([400, 'FORGE-R080']);
  });
});
