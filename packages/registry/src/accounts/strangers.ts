import { networkOf } from '../limits/network-of';
import { tokenBuckets } from '../limits/token-buckets';
import { tameText } from '../publish/tame-text';
import { recordAudit, type Queryable } from '../store';

/** What somebody tried to change without a token, or with one that is none. */
export interface StrangeAttempt {
  readonly address: string;
  /** `POST /npm/demo`. */
  readonly request: string;
  /** `ecosystem:name`, `ecosystem`, or a path. */
  readonly subject: string;
}

/** Tells the audit trail of attempts by nobody that is known. */
export interface Strangers {
  record(attempt: StrangeAttempt): Promise<void>;
}

/** Stands for nobody: no user can have this name. */
export const stranger = '(anonymous)';

/** Rows of one address, so that it does not use up those of others. */
const ofOne = { burst: 10, perHour: 30 };
/** Rows of all addresses together, of which some have very many: two megabytes a day at most. */
const ofAll = { burst: 100, perHour: 120 };

/**
 * Rows cannot be deleted, and these cost their author nothing. So there are only so many in an hour; each says how many
 * attempts before it were left out.
 */
export function openStrangers(db: Queryable, now: () => Date): Strangers {
  const [byAddress, together] = [tokenBuckets(ofOne, now), tokenBuckets(ofAll, now)];
  let leftOut = 0;
  return {
    async record({ address, request, subject }) {
      if (byAddress.take(networkOf(address)) > 0 || together.take('all') > 0) {
        leftOut += 1;
        return;
      }
      const before = leftOut;
      leftOut = 0;
      await recordAudit(db, {
        at: now(),
        actor: stranger,
        action: 'request.denied',
        subject: tameText(subject, 100),
        detail: {
          request: tameText(request, 100),
          address,
          reason: 'there is no valid token',
          ...(before > 0 && { leftOut: before }),
        },
      });
    },
  };
}
