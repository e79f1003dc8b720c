import type { Ecosystem } from '@forge/ecosystems';
import type { Accounts } from '../accounts/accounts';
import type { RateLimits } from '../limits/rate-limits';
import type { Store } from '../store';
import type { UpstreamOf } from '../upstream/read-through';
import type { Webhooks } from '../webhooks/webhooks';
import type { RequestLogEntry } from './request-log';
import type { Patience } from './patience';
import type { IntakeSettings } from './take-bodies';

export interface HttpConfig {
  readonly ecosystems: readonly Ecosystem[];
  readonly store: Store;
  readonly accounts: Accounts;
  readonly now: () => Date;
  readonly limits: RateLimits;
  readonly patience: Patience;
  readonly intake: IntakeSettings;
  /** Whether documents are compressed for who takes that. */
  readonly compress: boolean;
  /** Whose pages may ask from a browser. */
  readonly origins: readonly string[];
  /** Whether the proxy before the server is believed when it says whence a request comes. */
  readonly trustProxy: boolean;
  /** Other registries that are asked for what is not here, by the ecosystem's id. */
  readonly upstreams: Readonly<Record<string, UpstreamOf>>;
  readonly webhooks: Webhooks;
  /** Base URL that clients reach, where it is not what they say in `Host`; no trailing slash. */
  readonly publicUrl?: string | undefined;
  readonly onRequest?: ((entry: RequestLogEntry) => void) | undefined;
  /** Faults of the server itself; what a client did wrong is not one. */
  readonly onError: (error: unknown) => void;
  /** True where `/metrics` is served. */
  readonly metrics: boolean;
  /** Replaced wherever they would show in a log. */
  readonly secrets: readonly string[];
}
