import { ForgeError } from '@forge/ecosystems';
import type { StoreOptions } from '../store';
import type { CliOptions } from './options';

type Given = Pick<CliOptions, 'memory' | 'data' | 'database'>;

/** Where everything is kept, as the options and the environment say. FORGE-R023, FORGE-C001. */
export function givenStore(
  { memory, data = '.forge/registry', database }: Given,
  env: Readonly<Record<string, string | undefined>>,
): StoreOptions {
  if (memory) return {};
  if (database !== undefined && holdsPassword(database)) {
    throw new ForgeError('FORGE-R023', {
      what: '`--database` holds a password',
      fix: 'set `FORGE_DATABASE_URL` instead, or leave it to `PGPASSWORD` or `~/.pgpass`',
    });
  }
  const url = database ?? env['FORGE_DATABASE_URL'];
  return url === undefined || url === '' ? { data } : { data, database: checkUrl(url) };
}

function holdsPassword(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { password, searchParams } = new URL(url);
  return password !== '' || searchParams.has('password');
}

/** Not shown in the message: it may hold a password. */
function checkUrl(url: string): string {
  if (/^postgres(?:ql)?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) return url;
  throw new ForgeError('FORGE-C001', {
    what: 'the address of the database is no URL of PostgreSQL',
    fix: 'write `postgres://USER@HOST:PORT/NAME`',
  });
}
