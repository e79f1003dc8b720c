import { ecosystems, ForgeError } from '@forge/ecosystems';
import { hostname } from 'node:os';
import { usualScopes } from '../accounts/scopes';
import { loopbackHosts } from '../loopback';
import { renderSettings, untoldToken } from '../settings';
import { askPassword } from './ask-password';
import {
  fetchToken,
  revokeToken,
  type FetchedToken,
  type TokenOwner,
  type WantedToken,
} from './fetch-token';
import { takeTokenFile, type TokenFile } from './token-file';

/** What the command line says of a login. The password is in `FORGE_PASSWORD`, or is asked for. */
export interface LoginOptions {
  readonly url?: string | undefined;
  readonly as?: string | undefined;
  readonly scope?: readonly string[] | undefined;
  readonly 'expires-in'?: string | undefined;
  readonly 'token-out'?: string | undefined;
}

/** Changes a password for a token, and prints with it what every tool needs; answers the exit code. */
export async function login(options: LoginOptions): Promise<number> {
  const url = checkUrl(options.url);
  const name = options.as ?? '';
  if (name === '') throw invalid('`login` does not know as whom', 'give `--as NAME`');
  const asked = wanted(options);
  const password = process.env['FORGE_PASSWORD'] ?? (await askPassword(`password of ${name}: `));
  const owner = { url, name, password };
  const file = options['token-out'];
  if (file === undefined) {
    const { token } = await fetchToken(owner, asked);
    process.stdout.write(`token: ${token}\n\n${renderSettings(ecosystems, url, token, name)}`);
    return 0;
  }
  await keepToken(owner, asked, file);
  process.stdout.write(renderSettings(ecosystems, url, untoldToken, name));
  return 0;
}

/** A token is in the file when this answers, or there is none. */
async function keepToken(owner: TokenOwner, asked: WantedToken, file: string): Promise<void> {
  const place = takeTokenFile(file);
  try {
    const fetched = await fetchToken(owner, asked);
    await keepOrRevoke(owner, place, fetched);
  } finally {
    place.close();
  }
}

async function keepOrRevoke(
  owner: TokenOwner,
  place: TokenFile,
  fetched: FetchedToken,
): Promise<void> {
  try {
    place.keep(fetched.token);
  } catch (error) {
    if (await revokeToken(owner, fetched)) throw error;
    const { message } = error as Error;
    throw invalid(message, `revoke token ${fetched.id} of ${owner.name} on ${owner.url}`);
  }
}

function wanted({ scope = usualScopes, 'expires-in': days }: LoginOptions): WantedToken {
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
    throw invalid(`\`--expires-in ${days}\` is no number of days`);
  const name = `forge-registry login on ${hostname()}`;
  return { name, scopes: scope, ...(days === undefined ? {} : { expires_in_days: Number(days) }) };
}

/** A password goes encrypted, or stays on this machine. */
function checkUrl(given: string | undefined): string {
  if (given === undefined || !URL.canParse(given))
    throw invalid('`login` does not know which server is meant', 'give `--url`');
  const { protocol, hostname: host } = new URL(given);
  if (protocol === 'https:' || loopbackHosts.includes(host)) return given.replace(/\/+$/, '');
  throw invalid(`a password would go to \`${host}\` unencrypted`, 'use its https address');
}

function invalid(what: string, fix = 'see `forge-registry --help`'): ForgeError {
  return new ForgeError('FORGE-C001', { what, fix });
}
