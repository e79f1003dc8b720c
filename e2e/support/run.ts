import { spawn } from 'node:child_process';

export interface RunResult {
  readonly exitCode: number;
  /** Standard output and error as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Shows the output while it comes. */
  readonly show?: boolean;
}

/** Runs a program to its end, without a shell and without a terminal. */
export function run(
  program: string,
  args: readonly string[],
  { cwd, env, show = false }: RunOptions,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (show) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}

/** The same; rejects with the output when the exit code is not 0. */
export async function runOk(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { exitCode, output } = await run(program, args, options);
  if (exitCode !== 0)
    throw new Error(`${program} ${args.join(' ')} ends with ${exitCode}\n${output}`);
  return output;
}

/** The output of a run that has to have succeeded; otherwise an error that shows it. */
export function succeeded({ exitCode, output }: RunResult): string {
  if (exitCode !== 0) throw new Error(`it ends with ${exitCode}\n${output}`);
  return output;
}

/** The environment of a user's shell for one registry: Nx quiet and without its daemon, tokens in variables. */
export function userEnvironment(
  registry: { readonly url: string; readonly token: string },
  path: string,
): Record<string, string> {
  const { HOME = '', USER = '', LANG = 'C.UTF-8', NX_ISOLATE_PLUGINS } = process.env;
  const rust = Object.fromEntries(
    ['CARGO_HOME', 'RUSTUP_HOME', 'SSL_CERT_FILE', 'PYENV_ROOT'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    ...rust,
    PATH: path,
    HOME,
    USER,
    LANG,
    LC_ALL: 'C.UTF-8',
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_TUI: 'false',
    ...(NX_ISOLATE_PLUGINS === undefined ? {} : { NX_ISOLATE_PLUGINS }),
    FORGE_REGISTRY: registry.url,
    FORGE_TOKEN: registry.token,
  };
}
