import { loadExeca } from './execa';

/** Runs a server in the foreground with this process's terminal; resolves with its exit code when it ends. */
export async function runServer(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<number> {
  const server = loadExeca()(program, [...args], {
    cwd,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
  });
  const stop = (): void => void server.kill('SIGTERM');
  // Signals may come several times; the server has to be awaited all the same.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const { exitCode } = await server;
  process.off('SIGTERM', stop);
  process.off('SIGINT', stop);
  return exitCode ?? 0;
}
