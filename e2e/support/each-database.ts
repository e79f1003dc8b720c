import {
  startPostgresCluster,
  type PostgresCluster,
} from '../../packages/registry/src/testing/postgres-cluster';
import { describeWithTools } from './describe-with-tools';
import { openRegistryYard, type RegistryYard } from './registry-yard';
import { describeWithStore } from './store-tools';

/** Opens the one yard of a suite; whoever opens it stops it. */
export type OpenYard = () => Promise<RegistryYard>;

/** A suite of real tools against a registry with its embedded database, and against one over PostgreSQL. */
export function describeOnEachDatabase(
  title: string,
  tools: readonly string[],
  suite: (openYard: OpenYard) => void,
): void {
  describeWithTools(title, tools, () => suite(() => openRegistryYard()));
  describeWithStore(`over PostgreSQL: ${title}`, 'postgresql', () => {
    let cluster: PostgresCluster | undefined;
    afterAll(() => cluster?.stop());
    describeWithTools('the same', tools, () =>
      suite(async () => {
        cluster = await startPostgresCluster();
        return openRegistryYard([], await cluster.createDatabase());
      }),
    );
  });
}
