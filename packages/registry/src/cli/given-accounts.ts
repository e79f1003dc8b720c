import { ForgeError } from '@forge/ecosystems';
import { readFileSync } from 'node:fs';
import type { AccountSettings } from '../accounts/accounts';

/** What the command line says of accounts. The secret comes from a file or the environment, never from an argument. */
export interface AccountOptions {
  readonly registration?: boolean | undefined;
  readonly private?: boolean | undefined;
  readonly 'session-secret-file'?: string | undefined;
  readonly 'oidc-issuer'?: readonly string[] | undefined;
}

export function givenAccounts(
  options: AccountOptions,
  environment: Readonly<Record<string, string | undefined>>,
): AccountSettings {
  const { registration, private: readsNeedToken, 'session-secret-file': file } = options;
  const sessionSecret =
    file === undefined ? environment['FORGE_SESSION_SECRET'] : readFileSync(file, 'utf8').trim();
  const issuers = options['oidc-issuer']?.map(checkIssuer);
  return { registration, readsNeedToken, sessionSecret, issuers };
}

/** An issuer is compared letter by letter with what identities say. Plain http is for providers on this machine. */
function checkIssuer(issuer: string): string {
  const { protocol = '', hostname = '' } = URL.canParse(issuer) ? new URL(issuer) : {};
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol === 'https:' || (protocol === 'http:' && isHere)) return issuer;
  throw new ForgeError('FORGE-C001', {
    what: `\`--oidc-issuer ${issuer}\` is no https address`,
    fix: 'see `forge-registry --help`',
  });
}
