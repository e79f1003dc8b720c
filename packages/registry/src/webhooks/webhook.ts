import type { Json } from '@forge/ecosystems';

/** Somebody else's address that is told of what happens here. */
export interface Webhook {
  readonly id: number;
  readonly url: string;
  /** `version.published`, `owner.*`; none for all. */
  readonly events: readonly string[];
  /** `ecosystem:name`, `ecosystem:prefix*`; none for all. */
  readonly packages: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** What became of telling one webhook of one event. */
export interface Delivery {
  readonly id: number;
  readonly webhookId: number;
  readonly eventId: number;
  readonly event: string;
  readonly aggregate: string;
  readonly state: 'pending' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly createdAt: Date;
  /** When it is tried next; of a pending one. */
  readonly dueAt: Date;
  readonly settledAt: Date | null;
  /** The last attempt, if there was one. */
  readonly status: number | null;
  readonly problem: string | null;
}

/** An event on its way to a webhook. */
export interface Message {
  readonly deliveryId: number;
  readonly webhookId: number;
  readonly url: string;
  readonly sealedSecret: string;
  /** Which attempt this is; the first one is 1. */
  readonly attempt: number;
  readonly eventId: number;
  readonly event: string;
  readonly payload: Json;
  readonly happenedAt: Date;
}

/** What an attempt came to. */
export type AttemptOutcome =
  | { readonly kind: 'delivered'; readonly status: number }
  /** To be tried again; `status` where there was an answer. */
  | {
      readonly kind: 'failed';
      readonly status?: number;
      readonly problem: string;
      readonly retryAfterSeconds?: number;
    }
  /** The receiver wants no more of it. */
  | { readonly kind: 'gone'; readonly status: number; readonly problem: string }
  /** The server closed in the middle: as if it had not been tried. */
  | { readonly kind: 'interrupted' };
