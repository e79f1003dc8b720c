import { ecosystems } from '@forge/ecosystems';
import { readFileSync, rmSync } from 'node:fs';
import { startRegistry, type RunningRegistry } from '../server';
import { renderSettings } from '../settings';
import { usualRates } from '../limits/rate-limits';
import { givenAccounts } from './given-accounts';
import { givenClaims, givenUpstreams } from './given-upstreams';
import { givenPublicUrl } from './given-public-url';
import { givenStore } from './given-store';
import { givenUsers } from './given-users';
import { openLogFile } from './log-file';
import type { CliOptions } from './options';
import { writeReadyFile } from './ready-file';

/** Starts the registry, says so, and answers when a signal has ended it. */
export async function serve(options: CliOptions): Promise<number> {
  const log = options.log === undefined ? undefined : openLogFile(options.log);
  const registry = await startRegistry({
    ...givenStore(options, process.env),
    host: options.host,
    port: options.port,
    token: givenToken(options),
    users: givenUsers(options, process.env),
    accounts: givenAccounts(options, process.env),
    ...givenGuards(options),
    publicUrl: givenPublicUrl(options['public-url']),
    upstreams: givenUpstreams(options.upstream ?? [], ecosystems),
    upstreamCache: options['upstream-cache'],
    claims: givenClaims(options.claims),
    privateWebhooks: options['private-webhooks'],
    metrics: options.metrics,
    onRequest: log && ((entry) => log.write(entry)),
  });
  try {
    announce(registry, options);
    await signalled();
    const readyFile = options['ready-file'];
    if (readyFile !== undefined) rmSync(readyFile, { force: true });
  } finally {
    await registry.close();
    await log?.close();
  }
  return 0;
}

/** What a server for a team has that a rehearsal does not need. */
function givenGuards({
  production,
  limits,
  compress,
  cors,
  'trust-proxy': trustProxy,
}: CliOptions) {
  return {
    production,
    rates: limits || production ? usualRates : undefined,
    compress: compress || production,
    origins: cors,
    trustProxy,
  };
}

/** The line with the address is for programs too; its form stays. */
function announce(registry: RunningRegistry, options: CliOptions): void {
  const { url, token } = registry;
  const readyFile = options['ready-file'];
  if (readyFile !== undefined) writeReadyFile(readyFile, { url, token, pid: process.pid });
  if (!options.quiet && !options.production) {
    const settings = renderSettings(
      ecosystems,
      givenPublicUrl(options['public-url']) ?? url,
      token,
    );
    process.stdout.write(`token: ${token}\n\n${settings}\n`);
  }
  process.stdout.write(`forge-registry: listening on ${url}\n`);
}

function givenToken(options: CliOptions): string | undefined {
  const file = options['token-file'];
  if (file !== undefined) return readFileSync(file, 'utf8').trim();
  return process.env['FORGE_TOKEN'];
}

/**
 * Resolves with the first signal. Terminals and Nx signal the whole tree of processes, and parents in it pass
 * signals on, so more of them come: without a listener the second one would cut the closing short.
 */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve());
    process.on('SIGTERM', () => resolve());
  });
}
