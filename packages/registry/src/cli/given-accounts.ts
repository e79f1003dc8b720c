import { readFileSync } from 'node:fs';
import type { AccountSettings } from '../accounts/accounts';

/** What the command line says of accounts. The secret comes from a file or the environment, never from an argument. */
export interface AccountOptions {
  readonly registration?: boolean | undefined;
  readonly private?: boolean | undefined;
  readonly 'session-secret-file'?: string | undefined;
}

export function givenAccounts(
  { registration, private: readsNeedToken, 'session-secret-file': file }: AccountOptions,
  environment: Readonly<Record<string, string | undefined>>,
): AccountSettings {
  const sessionSecret =
    file === undefined ? environment['FORGE_SESSION_SECRET'] : readFileSync(file, 'utf8').trim();
  return { registration, readsNeedToken, sessionSecret };
}
