import type { RunningRegistry } from '../server';

/** An answer of the management API. */
export interface ApiAnswer {
  readonly status: number;
  /** Parsed JSON; `undefined` for none. */
  readonly body: unknown;
}

/** Asks the management API of a server as the holder of a token; bytes go as they are, all else as JSON. */
export function apiOf({ url }: Pick<RunningRegistry, 'url'>) {
  return async (
    token: string | null,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<ApiAnswer> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}
