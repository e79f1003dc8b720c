import type { Queryable } from '../../store';

/** Whether there is anybody who could log in with a password. */
export async function hasPasswords(db: Queryable): Promise<boolean> {
  const [found] = await db.query<{ is: boolean }>(
    'select exists (select from users where password_hash is not null) as is',
  );
  return found?.is === true;
}
