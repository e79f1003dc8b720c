import { ecosystems as allEcosystems, ForgeError, type Ecosystem } from '@forge/ecosystems';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { openAccounts, realmsOf, type AccountSettings } from './accounts/accounts';
import { createApp } from './http/app';
import { keepTidy } from './keep-tidy';
import { logError } from './log-error';
import { openRateLimits, type Rates } from './limits/rate-limits';
import { openedThings, type OpenedThings } from './opened-things';
import { checkProduction } from './production';
import { usualPatience, type Patience } from './http/patience';
import type { RequestLogEntry } from './http/request-log';
import {
  checkUserTokens,
  makeToken,
  openStore,
  replaceTokens,
  tokenUser,
  type Store,
  type StoreOptions,
  type UserTokens,
} from './store';
import { checkUpstreams, type Upstreams } from './upstream/check-upstreams';
import { openKeptAnswers } from './upstream/kept-answers';
import { openWebhooks } from './webhooks/webhooks';

/** Where everything is kept, and how it is served; without `data` and `database` in memory, gone at the end. */
export interface RegistryOptions extends StoreOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Default 0: a free one. */
  readonly port?: number | undefined;
  /** Of the user `forge`. Default: a random one. */
  readonly token?: string | undefined;
  /** Further users, each with a token. */
  readonly users?: UserTokens | undefined;
  /** Who may become a user, who may read, what signs sessions. */
  readonly accounts?: AccountSettings | undefined;
  /** Refuse to start with what only a rehearsal may do: FORGE-R042. */
  readonly production?: boolean | undefined;
  /** How often whom may ask for what; see `usualRates`. Default: no limit. */
  readonly rates?: Rates | undefined;
  /** Compress documents. Default: a proxy does, or nobody. */
  readonly compress?: boolean | undefined;
  /** Origins whose pages may ask from a browser. Default: none. */
  readonly origins?: readonly string[] | undefined;
  /** Whether addresses of clients are what a proxy before the server says (`X-Forwarded-For`). */
  readonly trustProxy?: boolean | undefined;
  /** Base URL that clients reach, where it is not what they say in `Host` (behind a proxy). */
  readonly publicUrl?: string | undefined;
  /** Other registries, asked for packages whose names are neither held nor claimed here. Default: none. */
  readonly upstreams?: Upstreams | undefined;
  /** Names by ecosystem for which no other registry is asked; `@acme/*` is all that begin so. */
  readonly claims?: Readonly<Record<string, readonly string[]>> | undefined;
  /** A directory where answers of those registries are kept, for when they cannot be reached. Default: none. */
  readonly upstreamCache?: string | undefined;
  /** Default: all that `@forge/ecosystems` knows. */
  readonly ecosystems?: readonly Ecosystem[] | undefined;
  /** Let webhooks lead to this machine and into private networks, also without TLS. Default: to the public only. */
  readonly privateWebhooks?: boolean | undefined;
  /** Serve `/metrics`. */
  readonly metrics?: boolean | undefined;
  readonly onRequest?: ((entry: RequestLogEntry) => void) | undefined;
  /** Faults of the server itself. Default: written to stderr. */
  readonly onError?: ((error: unknown) => void) | undefined;
  readonly now?: (() => Date) | undefined;
  /** Bytes of uploads that are in memory at a time; others wait on the disk. Default: 256 MiB. */
  readonly uploadMemory?: number | undefined;
  /** How long a client may take to send a request. Default: a minute for its head, five for all of it. */
  readonly patience?: Patience | undefined;
}

export interface RunningRegistry {
  /** `http://127.0.0.1:4874`, no trailing slash. */
  readonly url: string;
  /** Valid until the next start. */
  readonly token: string;
  /** Ends connections, writes everything out and lets go of the data directory. May be called twice. */
  close(): Promise<void>;
}

/** Starts a registry and answers when it takes requests. Throws FORGE-R008, FORGE-R042 and FORGE-C001. */
export async function startRegistry(options: RegistryOptions = {}): Promise<RunningRegistry> {
  checkProduction(options);
  const token = options.token ?? makeToken();
  const users = { ...options.users, [tokenUser]: token };
  checkUserTokens(users);
  checkUpstreams(options.ecosystems ?? allEcosystems, options.upstreams ?? {});
  checkFiles(options);
  const opened = openedThings();
  try {
    const store = await openStore(options);
    opened.add(() => store.close());
    const app = await startApp(store, users, options, opened);
    return { url: urlOf(app), token, close: opened.close };
  } catch (error) {
    // Why it cannot start is what its caller has to know.
    await opened.close().catch(options.onError ?? logError);
    throw error;
  }
}

/** A database outlives the server, so what its rows refer to has to as well. FORGE-C001. */
function checkFiles({ database, data, bucket }: RegistryOptions): void {
  if (database === undefined || data !== undefined || bucket) return;
  throw new ForgeError('FORGE-C001', {
    what: 'a database alone has no place for files',
    fix: 'give `data` or `bucket` as well',
  });
}

async function startApp(
  store: Store,
  users: UserTokens,
  options: RegistryOptions,
  opened: OpenedThings,
): Promise<FastifyInstance> {
  const { ecosystems = allEcosystems, now = () => new Date(), onError = logError } = options;
  await replaceTokens(store.db, users, realmsOf(ecosystems), now());
  const tidying = keepTidy(store, now, onError);
  opened.add(() => tidying.stop());
  const allowPrivate = options.privateWebhooks ?? false;
  const webhooks = openWebhooks({ store, ecosystems, allowPrivate, now, onError });
  opened.add(() => webhooks.dispatcher.stop());
  const { publicUrl, onRequest } = options;
  const app = await createApp({
    ecosystems,
    store,
    accounts: openAccounts(store, ecosystems, { ...hostOf(options), ...options.accounts }, now),
    now,
    limits: openRateLimits(options.rates ?? {}, now),
    intake: intakeOf(options),
    patience: options.patience ?? usualPatience,
    compress: options.compress ?? false,
    origins: options.origins ?? [],
    trustProxy: options.trustProxy ?? false,
    upstreams: await upstreamsOf(options),
    webhooks,
    onError,
    publicUrl,
    metrics: options.metrics ?? false,
    onRequest,
    secrets: Object.values(users),
  });
  opened.add(() => app.close());
  await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  return app;
}

function intakeOf({ data, database, bucket, uploadMemory = 256 * 1024 ** 2 }: RegistryOptions) {
  const keepsSomething = data ?? database ?? bucket;
  return {
    directory: keepsSomething === undefined ? undefined : (data ?? tmpdir()),
    memory: uploadMemory,
  };
}

async function upstreamsOf({ upstreams = {}, claims = {}, upstreamCache }: RegistryOptions) {
  const kept = upstreamCache === undefined ? undefined : await openKeptAnswers(upstreamCache);
  return Object.fromEntries(
    Object.entries(upstreams).map(([id, endpoints]) => {
      return [id, { endpoints, claimed: claims[id] ?? [], kept }] as const;
    }),
  );
}

/** The host by which clients know a server that says so. */
function hostOf({ publicUrl }: RegistryOptions): AccountSettings {
  return publicUrl === undefined ? {} : { identityHosts: [new URL(publicUrl).hostname] };
}

function urlOf(app: FastifyInstance): string {
  const { address, port, family } = app.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
