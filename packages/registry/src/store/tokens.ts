import type { Database, Queryable } from './database';
import { recent } from './recent';
import { hashToken } from './token-hash';

/** A valid token: whose it is and what it is good for. */
export interface TokenGrant {
  readonly id: number;
  readonly username: string;
  readonly isAdmin: boolean;
  /** `null` is everything that the user may. */
  readonly scopes: readonly string[] | null;
}

/** Finds tokens. What is revoked here is so at once; a shared database is asked each time. */
export interface Tokens {
  /** The look-up is by the token's hash, so its time tells nothing of the token. */
  find(token: string, now: Date): Promise<TokenGrant | undefined>;
  /** The valid tokens of a user, with HA1 in a realm. */
  ofUser(username: string, realm: string, now: Date): Promise<readonly DigestGrant[]>;
  /** Something was revoked, or somebody blocked. */
  changed(): void;
}

export interface DigestGrant extends TokenGrant {
  readonly ha1: string;
}

interface Found extends TokenGrant {
  readonly expiresAt: Date | null;
}

const grant = `t.id, t.username, u.is_admin as "isAdmin", t.scopes, t.expires_at as "expiresAt"`;
const valid = `tokens t join users u on u.username = t.username
  where t.revoked_at is null and u.blocked_at is null`;

export function openTokens(db: Database): Tokens {
  const known = recent<Found>(1000);
  return {
    async find(token, now) {
      const sha256 = hashToken(token);
      const found = known.get(sha256) ?? (await findGrant(db, sha256));
      if (!found || isOver(found, now)) return undefined;
      if (!db.isShared) known.set(sha256, found);
      return found;
    },
    async ofUser(username, realm, now) {
      const rows = await db.query<Found & { ha1: string | null }>(
        `select ${grant}, t.ha1 ->> $2 as ha1 from ${valid} and t.username = $1`,
        [username, realm],
      );
      return rows.flatMap((row) =>
        row.ha1 === null || isOver(row, now) ? [] : [{ ...row, ha1: row.ha1 }],
      );
    },
    changed: () => known.clear(),
  };
}

async function findGrant(db: Queryable, sha256: string): Promise<Found | undefined> {
  const sql = `select ${grant} from ${valid} and t.sha256 = $1`;
  return (await db.query<Found>(sql, [sha256]))[0];
}

function isOver({ expiresAt }: Found, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}
