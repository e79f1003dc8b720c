import type { Refusal, WireResponse } from '../../../model';
import { answer } from './answer';

const statusOf: Readonly<Record<Refusal['kind'], number>> = {
  unauthorized: 401,
  forbidden: 403,
  invalid: 422,
  conflict: 422,
  'too-large': 413,
  'not-found': 404,
  unreachable: 502,
  'too-many': 429,
};

/** Erlang terms in any case: Mix reads the reason from nothing else. */
export function refuse(refusal: Refusal): WireResponse {
  const { kind, code, message } = refusal;
  const status = statusOf[kind];
  if (code !== 'FORGE-R011' && (kind === 'conflict' || kind === 'invalid')) {
    const errors = errorsOf(refusal);
    return answer(undefined, status, { status, message: 'Validation error(s)', errors });
  }
  const refused = answer(undefined, status, { status, message });
  const challenge = { 'www-authenticate': 'Basic realm="hex"' };
  return kind === 'unauthorized'
    ? { ...refused, headers: { ...refused.headers, ...challenge } }
    : refused;
}

/** Mix prints each error as `field: text`; a problem that begins so says which field it is about. */
function errorsOf({ kind, message }: Refusal): Readonly<Record<string, string>> {
  // hexpm's own words for a release that stands.
  if (kind === 'conflict')
    return { inserted_at: 'can only modify a release up to one hour after publication' };
  const [, field = 'tar', text = message] = /^([a-z_]+): (.+)$/s.exec(message) ?? [];
  return { [field]: text };
}
