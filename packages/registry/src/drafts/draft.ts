import type { Ecosystem, Json, Refusal } from '@forge/ecosystems';

export type DraftState = 'open' | 'published' | 'abandoned' | 'expired';

/** A file of a draft: its name in the version, and which bytes it has. */
export interface DraftEntry {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** A version that is put together piece by piece, until it is published in one go. */
export interface Draft {
  readonly id: number;
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly state: DraftState;
  /** Rises with every change. */
  readonly revision: number;
  /** What the files must agree with, where it was said. */
  readonly manifest: Json | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly entries: readonly DraftEntry[];
}

/** Who does something with a draft, and when. */
export interface DraftOrder {
  readonly ecosystem: Ecosystem;
  /** In any spelling. */
  readonly name: string;
  readonly user: string;
  readonly now: Date;
}

/** `isNew`: false where everything was so already. */
export type DraftOutcome =
  | { readonly kind: 'done'; readonly draft: Draft; readonly isNew: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
