/** A process to run, as data. Never a shell string. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Absolute directory. */
  readonly cwd: string;
  /** Variables on top of an allow-listed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Names of the caller's variables that this tool may see beside the allow-listed ones, for example its home. */
  readonly passEnv?: readonly string[];
  /** The same of those that carry secrets; their values are redacted from every output. */
  readonly passSecretEnv?: readonly string[];
  /** Variables that carry secrets; redacted from every output. */
  readonly secretEnv?: Readonly<Record<string, string>>;
  /** Files to write (mode 0600) before the run and to remove after it; absolute, outside any package folder. */
  readonly privateFiles?: readonly { readonly path: string; readonly content: string }[];
  /** The program is stopped after so many milliseconds; never, by default. */
  readonly timeoutMs?: number;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It was stopped because its time was over. */
  readonly timedOut?: boolean;
}

/** An HTTP request as data. A GET or HEAD reads; every other method changes the world. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that carry secrets; redacted from every output. */
  readonly secretHeaders?: Readonly<Record<string, string>>;
  /** Absolute path of a file whose bytes are the body. */
  readonly bodyFile?: string;
  /** Text of the body instead of a file; may carry secrets and is never shown. */
  readonly body?: string;
  /** Milliseconds until no answer counts as none. */
  readonly timeoutMs?: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
