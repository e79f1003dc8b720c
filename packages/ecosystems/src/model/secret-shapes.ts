/** How secrets of an ecosystem look where they have no business, for example inside an artifact. */
export interface SecretShapes {
  /** Files in which its tools keep tokens: ends of paths (`.tool/credentials`). */
  readonly files: readonly string[];
  readonly tokens: readonly SecretShape[];
}

export interface SecretShape {
  /** For people: `a token of the registry`. */
  readonly what: string;
  /** The secret is the group `secret`, where there is one, else all of it. */
  readonly pattern: RegExp;
}
