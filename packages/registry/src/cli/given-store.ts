import { ForgeError } from '@forge/ecosystems';
import type { S3Bucket, StoreOptions } from '../store';
import type { CliOptions } from './options';

type Given = Pick<CliOptions, 'memory' | 'data' | 'database' | 'blobs'>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Where everything is kept, as the options and the environment say. FORGE-R023, FORGE-C001. */
export function givenStore(
  { memory, data = '.forge/registry', database, blobs }: Given,
  env: Environment,
): StoreOptions {
  if (memory) return {};
  const bucket = blobs === undefined ? {} : { bucket: bucketAt(blobs, env) };
  if (database !== undefined && holdsPassword(database)) {
    throw new ForgeError('FORGE-R023', {
      what: '`--database` holds a password',
      fix: 'set `FORGE_DATABASE_URL` instead, or leave it to `PGPASSWORD` or `~/.pgpass`',
    });
  }
  const url = database ?? env['FORGE_DATABASE_URL'];
  if (url === undefined || url === '') return { data, ...bucket };
  // With both elsewhere nothing is left for a directory.
  return { ...(bucket.bucket ? bucket : { data }), database: checkUrl(url) };
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

/** `s3://BUCKET/PREFIX`; the rest is in the variables that the tools of AWS read, too. */
function bucketAt(address: string, env: Environment): S3Bucket {
  const [, bucket, prefix = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]*)(?:\/(.*?))?\/?$/.exec(address) ?? [];
  if (bucket === undefined) {
    throw new ForgeError('FORGE-C001', {
      what: `\`${address}\` is no address of a bucket`,
      fix: 'write `s3://BUCKET` or `s3://BUCKET/PREFIX`',
    });
  }
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  return {
    endpoint:
      env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'] ?? `https://s3.${region}.amazonaws.com`,
    bucket,
    prefix,
    region,
    accessKeyId: needed(env, 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: needed(env, 'AWS_SECRET_ACCESS_KEY'),
    sessionToken: env['AWS_SESSION_TOKEN'],
  };
}

function needed(env: Environment, name: string): string {
  const value = env[name];
  if (value) return value;
  const what = `\`--blobs\` needs \`${name}\` in the environment`;
  throw new ForgeError('FORGE-C001', { what, fix: `set \`${name}\`` });
}
