import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { loadExeca } from './execa';
import {
  decodeSource,
  type Environment,
  type HttpRequest,
  type HttpResponse,
  type Source,
} from '@forge/ecosystems';
import { sendRequest } from './send-request';

/** What a command of the user's own said. */
export interface HelperAnswer {
  /** Undefined when it was stopped because its time was over. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where credentials come from: the person's environment and files, registries and CI systems, a command. */
export interface AccessPorts {
  readonly env: Environment;
  /** Absolute. */
  readonly home: string;
  /** A file by its absolute path; read, and never written. */
  read(path: string): Source | undefined;
  /** Asks for something that changes nothing but the asker's own rights. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Runs a command of the user's own with its whole environment; `input` is all that it reads. */
  help(argv: readonly string[], input: string, timeoutMs: number): Promise<HelperAnswer>;
  /** Milliseconds since the epoch. */
  now(): number;
}

export function accessPorts(root: string): AccessPorts {
  return {
    env: process.env,
    home: process.env['HOME'] || homedir(),
    read,
    send: sendRequest,
    help: (argv, input, timeoutMs) => runHelper(root, argv, input, timeoutMs),
    now: () => Date.now(),
  };
}

function read(path: string): Source | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const source = decodeSource(path, readFileSync(path), { toleratesLatin1: true });
    return source.ok ? source.value : undefined;
  } catch {
    // A directory, or not permitted: for whoever looks for a token as good as not there.
    return undefined;
  }
}

async function runHelper(
  cwd: string,
  [program = '', ...args]: readonly string[],
  input: string,
  timeout: number,
): Promise<HelperAnswer> {
  const result = await loadExeca()(program, args, { cwd, input, timeout, reject: false });
  return {
    exitCode: result.timedOut ? undefined : (result.exitCode ?? 127),
    stdout: result.stdout,
    stderr: result.stderr || (result.exitCode === undefined ? (result.shortMessage ?? '') : ''),
  };
}
