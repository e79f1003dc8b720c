/** Milliseconds that a client may take to send a request; then 408, and the connection ends. */
export interface Patience {
  readonly head: number;
  /** Head and body. */
  readonly request: number;
}

export const usualPatience: Patience = { head: 60_000, request: 300_000 };

/** node looks for late ones every 30 seconds by default, which makes a shorter time longer than it says. */
export function withPatience({ head, request }: Patience) {
  const connectionsCheckingInterval = Math.min(30_000, Math.ceil(head / 4));
  return {
    requestTimeout: request,
    http: { headersTimeout: head, requestTimeout: request, connectionsCheckingInterval },
  };
}
