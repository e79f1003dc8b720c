import type { HttpRequest } from '../../../model';

/** A token, or a name and a password; Hackage takes either from whoever sends it unasked. */
export function authorization({
  token,
  username,
}: {
  readonly token?: string;
  readonly username?: string;
}): Pick<HttpRequest, 'secretHeaders'> {
  if (token === undefined) return {};
  const account = username === undefined ? /^[^:]+:.*$/.exec(token)?.[0] : `${username}:${token}`;
  if (account === undefined) return { secretHeaders: { authorization: `X-ApiKey ${token}` } };
  const basic = Buffer.from(account).toString('base64');
  return { secretHeaders: { authorization: `Basic ${basic}` } };
}
