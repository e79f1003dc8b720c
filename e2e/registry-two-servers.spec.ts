import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startPostgresCluster,
  type PostgresCluster,
} from '../packages/registry/src/testing/postgres-cluster';
import { startKeptRegistry, token, type KeptRegistry } from './support/load/kept-registry';
import { makers, type Upload } from './support/load/uploads';
import { lookAt } from './support/load/whole';
import { describeWithStore } from './support/store-tools';

describeWithStore('two servers over one PostgreSQL', 'postgresql', () => {
  let directory: string;
  let cluster: PostgresCluster;
  let servers: readonly KeptRegistry[];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'forge-two-'));
    cluster = await startPostgresCluster();
    const env = { FORGE_DATABASE_URL: await cluster.createDatabase() };
    const start = (name: string) =>
      startKeptRegistry(directory, ['--data', join(directory, 'data')], env, name);
    // At the same moment, over a database that is empty: one makes the schema and the keys.
    servers = await Promise.all(['first', 'second'].map(start));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await cluster.stop();
    rmSync(directory, { recursive: true });
  });

  const publish = async (url: string, { path, method, headers, body }: Upload): Promise<number> => {
    const sent = { ...headers, authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: sent,
      body: body as Uint8Array<ArrayBuffer>,
    });
    return answer.status;
  };

  it('show at once what was published to the other one, whole', async () => {
    const uploads: Upload[] = [];
    for (let i = 0; i < 12; i += 1) {
      const [here, there] = i % 2 === 0 ? servers : [...servers].reverse();
      const upload = makers[i % makers.length]?.('both', `1.${i}.0`);
      if (!here || !there || !upload) throw new Error('two servers and three makers');
      expect(await publish(here.url, upload)).toBeLessThan(300);
      uploads.push(upload);
      expect(await lookAt(there.url, uploads)).toEqual({
        listed: uploads.length,
        lost: [],
        halves: [],
      });
    }
  }, 60_000);

  it('take one version once, whoever is asked for it at the same moment', async () => {
    const [make] = makers;
    const upload = make?.('raced', '1.0.0');
    if (!upload) throw new Error('there is a maker');
    const sent = [upload, upload, upload].map((each, i) =>
      publish(servers[i % 2]?.url ?? '', each),
    );
    expect(await Promise.all(sent)).toEqual([200, 200, 200]);
    const { versions } = (await (
      await fetch(`${servers[1]?.url}/api/v1/versions?name=raced`)
    ).json()) as { versions: readonly unknown[] };
    expect(versions).toHaveLength(1);
  });
});
