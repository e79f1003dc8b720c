import type { FastifyInstance } from 'fastify';
import type { Gauge, Registry } from 'prom-client';
import { countAll, countPending } from '../store';
import type { HttpConfig } from './config';
import { splitTarget } from './request-path';

/** Seconds; reads are expected in the first three. */
const buckets = [0.005, 0.02, 0.1, 0.5, 2, 10];

/**
 * `/metrics` in the text format of Prometheus. Labels are few: an ecosystem's id, or what else the address begins with;
 * never a name of a package or a user. Only loaded where it is asked for.
 */
export function serveMetrics(app: FastifyInstance, config: HttpConfig): void {
  const { Counter, Histogram, Registry, collectDefaultMetrics } =
    require('prom-client') as typeof import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  gaugeStore(registry, config);
  const requests = new Counter({
    name: 'forge_registry_requests_total',
    help: 'Answered requests',
    labelNames: ['area', 'method', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'forge_registry_request_seconds',
    help: 'How long answers took',
    labelNames: ['area'],
    buckets,
    registers,
  });
  const areaOf = areas(config);
  app.addHook('onResponse', (request, reply, done) => {
    const area = areaOf(request.raw.url ?? '');
    requests.inc({ area, method: request.method, status: reply.statusCode });
    seconds.observe({ area }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', async (_, reply) => {
    reply.header('content-type', registry.contentType);
    return registry.metrics();
  });
}

function areas({ ecosystems }: HttpConfig): (target: string) => string {
  const prefixes = [...ecosystems, { id: 'api', prefix: '/api' }, { id: 'ui', prefix: '/ui' }];
  return (target) => {
    const { path } = splitTarget(target);
    const isBelow = ({ prefix }: { readonly prefix: string }) =>
      path === prefix || path.startsWith(`${prefix}/`);
    return prefixes.find(isBelow)?.id ?? 'other';
  };
}

/** What is counted when somebody asks, not with every publish. */
function gaugeStore(registry: Registry, { store }: HttpConfig): void {
  const { Gauge: GaugeOf } = require('prom-client') as typeof import('prom-client');
  const gauge = (name: string, help: string, collect: (self: Gauge) => Promise<void>) => {
    const made: Gauge = new GaugeOf({
      name: `forge_registry_${name}`,
      help,
      registers: [registry],
      ...(name === 'outbox_pending' ? {} : { labelNames: ['ecosystem'] }),
      collect: () => collect(made),
    });
  };
  gauge('versions', 'Published versions that can be had', async (self) => {
    const { ecosystems } = await countAll(store.db);
    for (const [ecosystem, { versions }] of Object.entries(ecosystems))
      self.set({ ecosystem }, versions);
  });
  gauge('outbox_pending', 'Events that nobody was told of yet', async (self) => {
    self.set(await countPending(store.db));
  });
}
