/** Where the command line writes; tests listen there. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
}

/** A command of `forge-release`. */
export interface CliCommand {
  /** How it is called, and what its options do: whole lines. */
  readonly usage: string;
  /**
   * Answers the exit code. `argv` is what stands after the command's name, `from` the directory in which the user
   * is. A ForgeError that is thrown, or the problems of a `problemsError`, are reported.
   */
  run(argv: readonly string[], from: string, streams: Streams): Promise<number>;
}
