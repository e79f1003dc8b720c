import { createHmac, randomBytes } from 'node:crypto';

/** 256 random bits, in the form that receivers' libraries take (Standard Webhooks 1.0). */
export function makeSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/**
 * HMAC-SHA256 over id, time and body: nobody else can have sent it, and nobody can send it again later. The headers and
 * what is signed are those of Standard Webhooks 1.0, which has libraries for receivers in most languages.
 */
export function signatureHeaders(
  secret: string,
  { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string },
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
