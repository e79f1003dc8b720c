import type { RunningRegistry } from '../server';

/** What the management API answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // Tests look at single members.
  readonly body: Readonly<Record<string, unknown>>;
}

/** Short words for asking the management API of a running registry as somebody. */
export interface People {
  ask(method: string, path: string, body?: unknown, token?: string): Promise<Answered>;
  /** A user with a password; answers the token of a session. */
  join(username: string): Promise<string>;
  /** A token of that session with these scopes. */
  tokenOf(session: string, scopes: readonly string[], more?: object): Promise<string>;
}

export const password = 'correct horse battery';

export function peopleOf(registry: RunningRegistry): People {
  const ask: People['ask'] = async (method, path, body, token) => {
    const response = await fetch(`${registry.url}/api/v1${path}`, {
      method,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    return { status, headers, body: text === '' ? {} : JSON.parse(text) };
  };
  return {
    ask,
    async join(username) {
      const email = `${username}@example.org`;
      const user = { username, email, password };
      const added = await ask('POST', '/users', user, registry.token);
      if (added.status !== 201) throw new Error(JSON.stringify(added.body));
      return String((await ask('POST', '/auth/login', { username, password })).body['token']);
    },
    async tokenOf(session, scopes, more = {}) {
      const wanted = { name: 'test', scopes, ...more };
      const made = await ask('POST', '/users/me/tokens', wanted, session);
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      return String(made.body['token']);
    },
  };
}
