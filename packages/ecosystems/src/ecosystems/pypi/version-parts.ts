import { explain } from '@renovatebot/pep440';

export type PrereleaseKind = 'a' | 'b' | 'rc';

/** A PEP 440 version taken apart. */
export interface Parts {
  readonly epoch: number;
  readonly release: readonly number[];
  readonly pre?: { readonly kind: PrereleaseKind; readonly number: number };
  readonly post?: number;
  readonly dev?: number;
  readonly isPrerelease: boolean;
  readonly isPost: boolean;
  readonly isLocal: boolean;
  /** `rc1`, `.dev4`, empty for a release. */
  readonly suffix: string;
  /** The version without its local part, normalised. */
  readonly public: string;
  /** The whole version, normalised. */
  readonly normal: string;
  /** Epoch and release only. */
  readonly base: string;
}

/** `undefined` for what is no PEP 440 version, and for numbers that JavaScript cannot count exactly. */
export function partsOf(version: string): Parts | undefined {
  const explained = explain(version);
  if (!explained?.release.every(Number.isSafeInteger)) return undefined;
  // The types of @renovatebot/pep440 4.2 call `dev` and `post` arrays; they are numbers, or null like `pre`.
  const { pre, post, dev, local } = explained as unknown as {
    readonly pre: readonly [PrereleaseKind, number] | null;
    readonly post: number | null;
    readonly dev: number | null;
    readonly local: string | null;
  };
  return {
    epoch: explained.epoch,
    release: explained.release,
    ...(pre && { pre: { kind: pre[0], number: pre[1] } }),
    ...(post !== null && { post }),
    ...(dev !== null && { dev }),
    isPrerelease: explained.is_prerelease,
    isPost: explained.is_postrelease,
    isLocal: local !== null,
    suffix: explained.public.slice(explained.base_version.length),
    public: explained.public,
    normal: local === null ? explained.public : `${explained.public}+${local}`,
    base: explained.base_version,
  };
}

/** The release up to `position`, counted up there: `[1, 2, 3]` at 1 is `[1, 3]`. */
export function increment(release: readonly number[], position: number): number[] {
  return [...padded(release, position + 1).slice(0, position), (release[position] ?? 0) + 1];
}

/** With zeros up to `length` parts. */
export function padded(release: readonly number[], length: number): number[] {
  return [...release, ...Array<number>(Math.max(0, length - release.length)).fill(0)];
}

/** Epoch and release in their normal spelling. */
export function spell(epoch: number, release: readonly number[]): string {
  return `${epoch > 0 ? `${epoch}!` : ''}${release.join('.')}`;
}
