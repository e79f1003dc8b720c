import type { HttpResponse } from '../model/command';

/** The JSON of a successful answer; undefined for a failure, and for a proxy's page that is no JSON. */
export function jsonAnswer<T>({ status, body }: HttpResponse): T | undefined {
  if (status < 200 || status > 299) return undefined;
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as T;
  } catch {
    // JSON.parse has no other way to say "no JSON" than to throw.
    return undefined;
  }
}
