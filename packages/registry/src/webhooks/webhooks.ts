import type { Ecosystem } from '@forge/ecosystems';
import type { Store } from '../store';
import type { TargetRules } from './check-target';
import { openDispatcher, type Dispatcher } from './dispatcher';
import { openSeal, type Seal } from './seal';

/** Webhooks of a server: where they may lead, how their secrets are kept, and who sends. */
export interface Webhooks {
  readonly store: Store;
  readonly ecosystems: readonly Ecosystem[];
  readonly rules: TargetRules;
  readonly seal: Seal;
  readonly dispatcher: Dispatcher;
  readonly now: () => Date;
}

export interface WebhookOptions {
  readonly store: Store;
  readonly ecosystems: readonly Ecosystem[];
  readonly allowPrivate: boolean;
  readonly now: () => Date;
  readonly onError: (error: unknown) => void;
}

/** Begins to tell webhooks of events, those of an earlier start as well. */
export function openWebhooks(options: WebhookOptions): Webhooks {
  const { store, ecosystems, allowPrivate, now, onError } = options;
  const seal = openSeal(store.keys);
  const rules = { allowPrivate };
  const dispatcher = openDispatcher({
    db: store.db,
    now,
    onError,
    async send(message, signal) {
      // Loaded by the first message: most servers have no webhook.
      const { sendMessage } = require('./send-message') as typeof import('./send-message');
      const secret = seal.open(message.sealedSecret);
      return sendMessage(message, { ...rules, secret, now: now(), signal });
    },
  });
  dispatcher.wake();
  return { store, ecosystems, rules, seal, dispatcher, now };
}
