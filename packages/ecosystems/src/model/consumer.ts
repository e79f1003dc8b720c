import type { Command, CommandResult } from './command';
import type { Endpoints } from './endpoints';
import type { Manifest } from './manifest';
import type { ToolNeed } from './tool';

/** A text file that is written before the commands run. */
export interface ConsumerFile {
  /** Absolute, below the consumer's directory. */
  readonly path: string;
  readonly content: string;
}

export interface ConsumerPlace {
  readonly endpoints: Endpoints;
  /** Absolute, the consumer's own: home, caches and project. */
  readonly directory: string;
}

/**
 * How the tools of one ecosystem are pointed at a registry, as a consumer would do it. A consumer gets the settings
 * of all ecosystems: an installation may build what another ecosystem's tool builds.
 */
export interface ConsumerHome {
  readonly files: readonly ConsumerFile[];
  readonly env: Readonly<Record<string, string>>;
  /**
   * Variables that name installed toolchains, with where they are below a person's home by default: the consumer's
   * home is another one, and these are read only.
   */
  readonly toolchains?: Readonly<Record<string, string>>;
}

export interface ConsumeContext extends ConsumerPlace {
  readonly manifest: Manifest;
  readonly name: string;
  /** Native. */
  readonly version: string;
  /** What was published under that version: it says whether there is a library, a program, or both. */
  readonly artifacts: readonly { readonly filename: string; readonly bytes: Uint8Array }[];
  readonly programs: Readonly<Record<string, string>>;
}

/** Installing one version as a stranger; done when every command ends with 0. */
export interface Consumption {
  readonly files: readonly ConsumerFile[];
  readonly commands: readonly Command[];
  /** What success proves, for people: `compiled into a program, its binaries installed`. */
  readonly proves: string;
}

/** The other end of publishing: who installs from the registry. */
export interface Consumer {
  readonly needs: readonly ToolNeed[];
  home(place: ConsumerPlace): ConsumerHome;
  install(context: ConsumeContext): Consumption;
  /** Names of packages that a failed command did not find in the registry, as its output tells. */
  lacking(result: CommandResult): readonly string[];
}
