import type { HttpResponse } from '../model/command';

/** The JSON that a body holds; undefined for what is none, as a proxy's page. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    // JSON.parse has no other way to say "no JSON" than to throw.
    return undefined;
  }
}

/** Members of the JSON object that a body holds; none where it holds something else. */
export function jsonMembers(body: Uint8Array): Readonly<Record<string, unknown>> {
  const parsed = parseJson(body);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? (parsed as Readonly<Record<string, unknown>>)
    : {};
}

/** The JSON of a successful answer; undefined for a failure, and for what is no JSON. */
export function jsonAnswer<T>({ status, body }: HttpResponse): T | undefined {
  return status < 200 || status > 299 ? undefined : (parseJson(body) as T | undefined);
}
