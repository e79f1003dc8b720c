import type { ReleasePlan } from '../plan/release-plan';

/**
 * Everything that a release will do, as plain JSON: what the dry run prints, what is confirmed, and what `resume`
 * goes by. The bytes of the files stand beside it.
 */
export interface PlannedRelease {
  readonly formatVersion: 1;
  /** As it was asked for, so that Nx can be asked again. */
  readonly asked: Asked;
  /** The commit that everything starts from. */
  readonly head: string;
  /** Undefined for a detached HEAD. */
  readonly branch?: string;
  readonly plan: ReleasePlan;
  /** Every file of the working tree that changes, sorted by path. */
  readonly files: readonly PlannedFile[];
  readonly commitMessage: string;
  readonly tags: readonly PlannedTag[];
  /** True when everything is tried on this machine first. */
  readonly rehearse?: boolean;
  /** Whom the registry of that rehearsal may ask for packages of others; nobody where this is absent. */
  readonly rehearseWith?: RehearseWith;
  /** Absent when nothing is pushed. */
  readonly push?: PlannedPush;
  readonly forgeReleases: readonly ForgeRelease[];
}

export interface RehearseWith {
  /** The public registries, as far as their protocols can be read through. */
  readonly network: boolean;
  /** Other ones, as `ECOSYSTEM=URL`. */
  readonly upstreams: readonly string[];
}

export interface Asked {
  readonly specifier?: string;
  readonly preid?: string;
  readonly projects?: readonly string[];
  readonly groups?: readonly string[];
  readonly firstRelease?: boolean;
  /** Base URL of a server that speaks all protocols. */
  readonly registry?: string;
  /** Tag of distribution. */
  readonly tag?: string;
  readonly access?: 'public' | 'restricted';
}

export interface PlannedFile {
  /** Workspace-relative with `/`. */
  readonly path: string;
  readonly kind: 'version' | 'changelog' | 'version plan';
  /** sha256; null where there is no file. */
  readonly before: string | null;
  /** sha256; null for a file that is removed. */
  readonly after: string | null;
}

export interface PlannedTag {
  readonly name: string;
  /** Canonical, as the tag says it. */
  readonly version: string;
  /** The project or group that it stands for. */
  readonly subject: string;
  /** Labels of the packages that must be live before it is set. */
  readonly packages: readonly string[];
}

export interface PlannedPush {
  readonly remote: string;
  readonly branch: string;
}

/** A release to be shown at the place where the repository lives. */
export interface ForgeRelease {
  readonly tag: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly isPrerelease: boolean;
  readonly provider: string;
  readonly apiBaseUrl: string;
  /** `owner/name`. */
  readonly repository: string;
}
