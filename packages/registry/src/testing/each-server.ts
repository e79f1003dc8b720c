import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeEachDatabase, type EmptyStore } from './each-database';

/** The same for a suite that starts a server: over PostgreSQL it has a directory for files, too. */
export function describeEachServer(suite: (empty: EmptyStore) => void): void {
  describeEachDatabase((empty) => {
    const directories: string[] = [];
    suite(async () => {
      const options = await empty();
      if (options.database === undefined) return options;
      const data = mkdtempSync(path.join(tmpdir(), 'forge-registry-'));
      directories.push(data);
      return { ...options, data };
    });
    afterAll(() => {
      for (const each of directories) rmSync(each, { recursive: true });
    });
  });
}
