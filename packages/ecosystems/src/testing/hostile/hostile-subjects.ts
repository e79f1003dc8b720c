import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ecosystems } from '../../ecosystems';
import type { HostileUploads } from './hostile-upload';

/** What each ecosystem has to refuse, by its id; those without a generator are left out. */
export const hostileSubjects: readonly (readonly [id: string, make: HostileUploads])[] = ecosystems
  .map(({ id }) => [id, join(__dirname, '../../ecosystems', id, 'testing/hostile.ts')] as const)
  .filter(([, file]) => existsSync(file))
  .map(([id, file]) => {
    const loaded = require(file) as { readonly hostileUploads: HostileUploads };
    return [id, loaded.hostileUploads];
  });
