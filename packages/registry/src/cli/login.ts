import { ecosystems, ForgeError } from '@forge/ecosystems';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { usualScopes } from '../accounts/scopes';
import { loopbackHosts } from '../loopback';
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

const made = z.object({ token: z.string() });
const refused = z.object({ message: z.string() });

/** Changes a password for a token, and prints with it what every tool needs; answers the exit code. */
export async function login(options: LoginOptions): Promise<number> {
  const url = checkUrl(options.url);
  const name = options.as ?? '';
  if (name === '') throw invalid('`login` does not know as whom', 'give `--as NAME`');
  const asked = wanted(options);
  const password = process.env['FORGE_PASSWORD'] ?? (await askPassword(`password of ${name}: `));
  const fetchIt = () => fetchToken(url, name, password, asked);
  const file = options['token-out'];
  if (file === undefined) {
    const token = await fetchIt();
    process.stdout.write(`token: ${token}\n\n${renderSettings(ecosystems, url, token)}\n`);
    return 0;
  }
  await writeNew(file, async () => `${await fetchIt()}\n`);
  process.stdout.write(renderSettings(ecosystems, url, '$FORGE_TOKEN'));
  return 0;
}

/** Opens the file before there is anything to write: a token that could not be kept would be valid, and nobody's. */
async function writeNew(file: string, make: () => Promise<string>): Promise<void> {
  const opened = openNew(file);
  try {
    writeSync(opened, await make());
  } catch (error) {
    unlinkSync(file);
    throw error;
  } finally {
    closeSync(opened);
  }
}

function openNew(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    const fix = 'name a file that is not there yet';
    throw invalid(`the token cannot be written: ${(error as Error).message}`, fix);
  }
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
  const answered = parse(await response.text());
  const { data } = made.safeParse(answered);
  if (response.status === 201 && data) return data.token;
  const message = refused.safeParse(answered).data?.message ?? `it answers ${response.status}`;
  throw new ForgeError('FORGE-R043', { what: `${url} gives no token: ${message}` });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of a proxy, perhaps: the same answer as for JSON of another shape.
    return undefined;
  }
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
