import type { Ecosystem } from '@forge/ecosystems';
import { openTokens, type Store, type Tokens } from '../store';
import { normalizeBy } from './caller';
import { providerKeys, type ProviderKeys } from './oidc/provider-keys';
import type { NormalizeName } from './scopes';
import { nonceKey, sessionKey } from './signing-keys';
import { openStrangers, type Strangers } from './strangers';
import { openThrottle, type Throttle } from './throttle';

/** What a server lets people do with accounts. */
export interface AccountSettings {
  /** Whether anybody may become a user. Default: only those whom an administrator lets in. */
  readonly registration?: boolean | undefined;
  /** Whether nobody reads without a token. */
  readonly readsNeedToken?: boolean | undefined;
  /** What sessions are signed with. Default: derived from the private key of this server. */
  readonly sessionSecret?: string | undefined;
  /** Providers of identities (OpenID Connect) that packages may trust. Default: none. */
  readonly issuers?: readonly string[] | undefined;
  /** Hosts by which clients know this server, for whom identities are made. Default: this machine. */
  readonly identityHosts?: readonly string[] | undefined;
}

/** All that is needed to say who somebody is, shared by the protocols, the management API and the pages. */
export interface Accounts {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly normalize: NormalizeName;
  /** Realms of HTTP Digest for which tokens keep a hash. */
  readonly realms: readonly string[];
  readonly throttle: Throttle;
  readonly strangers: Strangers;
  readonly providerKeys: ProviderKeys;
  readonly sessionKey: Uint8Array;
  /** Signs the challenges of HTTP Digest. */
  readonly nonceKey: Uint8Array;
  readonly settings: AccountSettings;
  readonly now: () => Date;
}

export function openAccounts(
  store: Store,
  ecosystems: readonly Ecosystem[],
  settings: AccountSettings,
  now: () => Date,
): Accounts {
  return {
    store,
    tokens: openTokens(store.db),
    normalize: normalizeBy(ecosystems),
    realms: realmsOf(ecosystems),
    throttle: openThrottle(now),
    strangers: openStrangers(store.db, now),
    providerKeys: providerKeys(now),
    sessionKey: sessionKey(store.keys, settings.sessionSecret),
    nonceKey: nonceKey(store.keys),
    settings,
    now,
  };
}

/** The realms in which some tool answers a Digest challenge. */
export function realmsOf(ecosystems: readonly Ecosystem[]): readonly string[] {
  return ecosystems.flatMap(({ wire }) => wire.digestRealm ?? []);
}
