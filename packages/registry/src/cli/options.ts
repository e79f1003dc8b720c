import { ForgeError } from '@forge/ecosystems';
import { parseArgs } from 'node:util';

export const usage = `Usage: forge-registry [serve] [options]
       forge-registry env --ready-file FILE | --url URL [--as NAME]
       forge-registry login --url URL --as NAME [--scope SCOPE]... [--expires-in DAYS] [--token-out FILE]
       forge-registry seed DIR --ready-file FILE | --url URL
       forge-registry backup DIR | restore DIR [options]
       forge-registry rotate-key [options]
       forge-registry demo

serve starts the registry and prints its settings for every tool.
  --port N            default 4874; 0 takes a free one
  --host HOST         default 127.0.0.1
  --data DIR          where everything is kept; default .forge/registry
  --memory            keep nothing
  --database URL      keep everything but files in a PostgreSQL database, which several servers may share; with a password
                      in it, set FORGE_DATABASE_URL instead. Default: an embedded one in the data directory
  --blobs s3://BUCKET keep files in a bucket of S3 or the like, \`/PREFIX\` after it where wanted; AWS_ACCESS_KEY_ID,
                      AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL say which and as whom
  --token-file FILE   read the token from a file (or set FORGE_TOKEN); default: a random one
  --user NAME:VAR     a further user, whose token is in the environment variable VAR; may be repeated
  --users-file FILE   further users, as a JSON object from names to tokens; mode 0600
  --registration      let everybody become a user; default: administrators let people in
  --private           nobody reads without a token
  --session-secret-file FILE  sign sessions with this (or set FORGE_SESSION_SECRET); default: a key of the server
  --oidc-issuer URL   a provider of identities that packages may trust to publish them; may be repeated. Default: none
  --limits            slow down who searches, publishes or logs in too often; installs are never limited
  --compress          compress documents
  --cors ORIGIN       let pages of this origin ask from a browser; may be repeated
  --trust-proxy       take addresses of clients from X-Forwarded-For; for a server that only a proxy reaches
  --production        refuse to start without secrets, storage and https; implies --limits and --compress
  --public-url URL    what clients reach, behind a proxy; a path in it is one that the proxy takes away
  --upstream WHICH    ask another registry for packages of others; may be repeated. WHICH is an ecosystem, for its
                      public registry; ECOSYSTEM=URL, for another server of this kind; or all. Default: nobody
  --upstream-cache DIR  keep what they answer here, for when they cannot be reached. Default: nothing stale is served
  --claims FILE       names that are never asked for elsewhere, beside all that are published here: a JSON object
                      from ecosystems to lists of names, \`@acme/*\` for all that begin so
  --private-webhooks  let webhooks lead to this machine and into private networks, also without TLS
  --metrics           serve figures for Prometheus at /metrics, to everybody
  --log FILE          append a JSON line for every request
  --ready-file FILE   write {url, token, pid} when it takes requests (mode 0600), removed at the end
  --quiet             print the address only, no token and no settings

env prints the settings of a running one; the token comes from the ready file or FORGE_TOKEN,
and is that of NAME (forge).

login changes a password (FORGE_PASSWORD, or asked for) for a token with these scopes, by default read, publish, yank and
owners, and prints the settings for every tool with it; --token-out writes it into a file instead (mode 0600).

seed publishes the packages that lie in a directory, as their tools made them, on a running one, whatever their ecosystems
are. What is there already is left alone; the token comes as for env.

backup copies all that a registry keeps into a new directory, keys included; one with an embedded database has to be
stopped first. restore puts it into one that keeps nothing yet, of whatever kind: --data, --database and --blobs say
which, as for serve.

demo publishes a draft on a registry of its own in memory, and shows its audit and its outbox.
`;

const optionTypes = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  memory: { type: 'boolean' },
  database: { type: 'string' },
  blobs: { type: 'string' },
  'token-file': { type: 'string' },
  user: { type: 'string', multiple: true },
  'users-file': { type: 'string' },
  registration: { type: 'boolean' },
  private: { type: 'boolean' },
  'session-secret-file': { type: 'string' },
  'oidc-issuer': { type: 'string', multiple: true },
  limits: { type: 'boolean' },
  compress: { type: 'boolean' },
  cors: { type: 'string', multiple: true },
  'trust-proxy': { type: 'boolean' },
  production: { type: 'boolean' },
  'public-url': { type: 'string' },
  upstream: { type: 'string', multiple: true },
  'upstream-cache': { type: 'string' },
  claims: { type: 'string' },
  'private-webhooks': { type: 'boolean' },
  metrics: { type: 'boolean' },
  log: { type: 'string' },
  'ready-file': { type: 'string' },
  url: { type: 'string' },
  as: { type: 'string' },
  scope: { type: 'string', multiple: true },
  'expires-in': { type: 'string' },
  'token-out': { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type CliOptions = ReturnType<typeof parseOptions>;

const commands = [
  'serve',
  'env',
  'login',
  'seed',
  'backup',
  'restore',
  'rotate-key',
  'demo',
] as const;

export type Command = (typeof commands)[number];

/** Those that are told one as their argument. */
const withDirectory: ReadonlySet<string> = new Set<Command>(['seed', 'backup', 'restore']);

function isCommand(text: string): text is Command {
  return commands.some((command) => command === text);
}

/** FORGE-C001 for everything that is not in the usage text. */
export function parseOptions(argv: readonly string[]) {
  const { values, positionals } = parse(argv);
  const [command = 'serve', ...rest] = positionals;
  const [directory] = withDirectory.has(command) ? rest.splice(0, 1) : [];
  if (!isCommand(command) || rest.length > 0) {
    throw invalid(`\`${positionals.join(' ')}\` is not a command`);
  }
  for (const kept of ['data', 'database', 'blobs'] as const) {
    if (values.memory && values[kept] !== undefined)
      throw invalid(`\`--memory\` and \`--${kept}\` exclude each other`);
  }
  return { command, directory, ...values, port: parsePort(values.port ?? '4874') } as const;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: optionTypes,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw invalid(`\`${text}\` is not a port`);
}

function invalid(what: string): ForgeError {
  return new ForgeError('FORGE-C001', { what, fix: 'see `forge-registry --help`' });
}
