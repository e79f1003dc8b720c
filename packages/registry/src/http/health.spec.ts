import fastify from 'fastify';
import type { Database } from '../store';
import { startToyRegistry, type ToyRegistry } from '../testing/client';
import type { HttpConfig } from './config';
import { serveHealth } from './health';

let registry: ToyRegistry;
beforeAll(async () => {
  registry = await startToyRegistry({ metrics: true });
  await registry.publish('lamp/1.0/lamp.bin', 'x');
}, 30_000);
afterAll(() => registry.close());

it('says that it lives, and that it is ready', async () => {
  expect(await (await registry.get('/health')).json()).toEqual({ status: 'ok' });
  expect(await (await registry.get('/ready')).json()).toEqual({ status: 'ready', database: 'ok' });
});

it('is not ready without its database, and lives all the same', async () => {
  const errors: unknown[] = [];
  const query = () => Promise.reject(new Error('gone'));
  const db: Pick<Database, 'query'> = { query };
  const config = { store: { db }, onError: (error: unknown) => errors.push(error) };
  const app = fastify();
  serveHealth(app, config as unknown as HttpConfig);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const ready = await fetch(`${url}/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ status: 'not-ready', database: 'failed' });
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(errors).toHaveLength(1);
  await app.close();
});

it('has metrics where they are asked for, without names', async () => {
  await registry.get('/toy/packages/lamp');
  await registry.get('/toy/packages/absent');
  const response = await registry.get('/metrics');
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  expect(text).toContain('forge_registry_requests_total{area="toy",method="GET",status="404"} 1');
  expect(text).toContain('forge_registry_request_seconds_count{area="toy"} 3');
  expect(text).toContain('forge_registry_versions{ecosystem="toy"} 1');
  expect(text).toContain('forge_registry_outbox_pending 1');
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toContain('lamp');
});

it('has none otherwise', async () => {
  const plain = await startToyRegistry();
  expect((await plain.get('/metrics')).status).toBe(404);
  await plain.close();
}, 30_000);
