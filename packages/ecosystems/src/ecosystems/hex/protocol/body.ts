import type { WireRequest } from '../../../model';
import { jsonMembers } from '../../../text';
import { decodeTerm, fieldsOf, textOf } from '../erlang';

/** Members of the body as text, whether it came as an Erlang term or as JSON. */
export function bodyOf({
  headers,
  body,
}: Pick<WireRequest, 'headers' | 'body'>): ReadonlyMap<string, string> {
  if (!(headers['content-type'] ?? '').includes('json')) {
    const fields = fieldsOf(decodeTerm(body));
    return new Map([...fields].map(([key, value]) => [key, textOf(value)]));
  }
  return new Map(Object.entries(jsonMembers(body)).map(([key, value]) => [key, String(value)]));
}
