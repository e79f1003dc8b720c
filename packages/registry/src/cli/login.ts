import { ecosystems, ForgeError } from '@forge/ecosystems';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { renderSettings } from '../settings';
import { askPassword } from './ask-password';

/** What the command line says of a login. The password is in `FORGE_PASSWORD`, or is asked for. */
export interface LoginOptions {
  readonly url?: string | undefined;
  readonly as?: string | undefined;
  readonly scope?: readonly string[] | undefined;
  readonly 'expires-in'?: string | undefined;
  readonly 'token-out'?: string | undefined;
}

const usualScopes = ['read', 'publish', 'yank', 'owners'];
const made = z.object({ token: z.string() });
const refused = z.object({ message: z.string() });

/** Changes a password for a token, and prints with it what every tool needs; answers the exit code. */
export async function login(options: LoginOptions): Promise<number> {
  const url = checkUrl(options.url);
  const name = options.as ?? '';
  if (name === '') throw invalid('`login` does not know as whom', 'give `--as NAME`');
  const password = process.env['FORGE_PASSWORD'] ?? (await askPassword(`password of ${name}: `));
  const token = await fetchToken(url, name, password, wanted(options));
  const file = options['token-out'];
  if (file === undefined) {
    process.stdout.write(`token: ${token}\n\n${renderSettings(ecosystems, url, token)}\n`);
    return 0;
  }
  writeFileSync(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
  process.stdout.write(renderSettings(ecosystems, url, '$FORGE_TOKEN'));
  return 0;
}

function wanted({ scope = usualScopes, 'expires-in': days }: LoginOptions) {
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
    throw invalid(`\`--expires-in ${days}\` is no number of days`);
  const name = `forge-registry login on ${hostname()}`;
  return { name, scopes: scope, ...(days === undefined ? {} : { expires_in_days: Number(days) }) };
}

async function fetchToken(
  url: string,
  name: string,
  password: string,
  body: ReturnType<typeof wanted>,
): Promise<string> {
  const basic = Buffer.from(`${name}:${password}`).toString('base64');
  const response = await fetch(`${url}/api/v1/users/me/tokens`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
  });
  const answered: unknown = await response.json();
  if (response.status === 201) return made.parse(answered).token;
  const { data } = refused.safeParse(answered);
  throw new ForgeError('FORGE-R043', {
    what: `${url} gives no token: ${data?.message ?? `it answers ${response.status}`}`,
  });
}

/** A password goes encrypted, or stays on this machine. */
function checkUrl(given: string | undefined): string {
  if (given === undefined || !URL.canParse(given))
    throw invalid('`login` does not know which server is meant', 'give `--url`');
  const { protocol, hostname: host } = new URL(given);
  if (protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(host))
    return given.replace(/\/+$/, '');
  throw invalid(`a password would go to \`${host}\` unencrypted`, 'use its https address');
}

function invalid(what: string, fix = 'see `forge-registry --help`'): ForgeError {
  return new ForgeError('FORGE-C001', { what, fix });
}
