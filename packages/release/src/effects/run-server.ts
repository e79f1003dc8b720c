import { execa } from 'execa';

/** Runs a server in the foreground with this process's terminal; resolves with its exit code when it ends. */
export async function runServer(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<number> {
  const server = execa(program, [...args], {
    cwd,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
  });
  const stop = (): void => void server.kill('SIGTERM');
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const { exitCode } = await server;
  return exitCode ?? 0;
}
