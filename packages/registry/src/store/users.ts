import type { Queryable } from './database';

/** What goes into URLs, headers and e-mail addresses as it is. */
const userName = /^[a-z0-9][a-z0-9_-]{0,31}$/;

export function isUserName(name: string): boolean {
  return userName.test(name);
}

/** Whether there is, or ever was, a user of this name. */
export async function isUser(db: Queryable, name: string): Promise<boolean> {
  const rows = await db.query('select from users where username = $1', [name]);
  return rows.length > 0;
}

/** Those of the names that belong to nobody. */
export async function unknownUsers(
  db: Queryable,
  names: readonly string[],
): Promise<readonly string[]> {
  const rows = await db.query<{ name: string }>(
    `select n.name from json_array_elements_text($1::json) as n (name)
    where not exists (select from users u where u.username = n.name)`,
    [JSON.stringify(names)],
  );
  return rows.map(({ name }) => name);
}
