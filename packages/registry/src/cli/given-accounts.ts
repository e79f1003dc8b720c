import { ForgeError } from '@forge/ecosystems';
import { readFileSync } from 'node:fs';
import type { AccountSettings } from '../accounts/accounts';
import { loopbackHosts } from '../loopback';

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
    file === undefined
      ? checkSecret('FORGE_SESSION_SECRET', environment['FORGE_SESSION_SECRET'])
      : checkSecret(file, readFileSync(file, 'utf8').trim());
  const issuers = options['oidc-issuer']?.map(checkIssuer);
  return { registration, readsNeedToken, sessionSecret, issuers };
}

/** An empty secret is one that everybody knows. */
function checkSecret(where: string, secret: string | undefined): string | undefined {
  if (secret !== '') return secret;
  throw new ForgeError('FORGE-C001', {
    what: `the secret of sessions in \`${where}\` is empty`,
    fix: 'give one, `openssl rand -base64 48` makes it, or none at all',
  });
}

/** An issuer is compared letter by letter with what identities say. Plain http is for providers on this machine. */
function checkIssuer(issuer: string): string {
  const { protocol = '', hostname = '' } = URL.canParse(issuer) ? new URL(issuer) : {};
  const isHere = loopbackHosts.includes(hostname);
  if (protocol === 'https:' || (protocol === 'http:' && isHere)) return issuer;
  throw new ForgeError('FORGE-C001', {
    what: `\`--oidc-issuer ${issuer}\` is no https address`,
    fix: 'see `forge-registry --help`',
  });
}
