import type { Environment, HttpResponse } from '@forge/ecosystems';
import type { AccessPorts } from '../effects/access-ports';

/**
 * The word of a CI system that this is a run of this repository, for one audience: GitHub Actions gives it on
 * demand (with `id-token: write`), GitLab CI leaves it in a variable that the job names. Undefined outside of both.
 */
export async function identityToken(
  audience: string,
  variables: readonly string[],
  { env, send }: Pick<AccessPorts, 'env' | 'send'>,
): Promise<string | undefined> {
  const left = variables.map((name) => env[name]).find(Boolean);
  if (left !== undefined) return left;
  const [url, token] = [env['ACTIONS_ID_TOKEN_REQUEST_URL'], env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']];
  if (!url || !token) return undefined;
  const separator = url.includes('?') ? '&' : '?';
  const response = await send({
    method: 'GET',
    url: `${url}${separator}audience=${encodeURIComponent(audience)}`,
    secretHeaders: { authorization: `bearer ${token}` },
  });
  return valueOf(response);
}

/** True where `identityToken` has something to ask. */
export function isVouchedFor(variables: readonly string[], env: Environment): boolean {
  const onDemand = env['ACTIONS_ID_TOKEN_REQUEST_URL'] && env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  return Boolean(onDemand) || variables.some((name) => env[name]);
}

function valueOf({ status, body }: HttpResponse): string | undefined {
  if (status !== 200) return undefined;
  const { value } = JSON.parse(Buffer.from(body).toString('utf8')) as { value?: string };
  return value;
}
