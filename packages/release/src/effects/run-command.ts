import type { Command, CommandResult } from '@forge/ecosystems';
import { loadExeca } from './execa';
import { withPrivateFiles } from './private-files';
import type { ProcessWatch } from './upload-processes';

/**
 * Variables that every tool may see. What else a tool needs stands in the command; tokens in the
 * caller's environment therefore never reach a process that has no use for them.
 */
const passedOn = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TMP',
  'TEMP',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'USERPROFILE',
];

/**
 * Runs one command without a shell and without a terminal: standard input is empty, so nothing can
 * prompt. Never rejects because of an exit code; 127 stands for a program that cannot be started or was stopped.
 * Secrets are taken out of the output here, the one place where processes run.
 */
export async function runCommand(command: Command, watch?: ProcessWatch): Promise<CommandResult> {
  return withPrivateFiles(command.privateFiles ?? [], async () => {
    const secretEnv = { ...valuesOf(command.passSecretEnv ?? []), ...command.secretEnv };
    const running = loadExeca()(command.program, [...command.args], {
      cwd: command.cwd,
      env: { ...valuesOf([...passedOn, ...(command.passEnv ?? [])]), ...command.env, ...secretEnv },
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      stripFinalNewline: false,
      maxBuffer: 64 * 1024 * 1024,
      ...(command.timeoutMs === undefined ? {} : { timeout: command.timeoutMs }),
    });
    // No number where the program could not be started.
    const ended = running.pid === undefined ? undefined : watch?.(running.pid);
    const result = await running;
    ended?.();
    const redact = redactor(Object.values(secretEnv));
    return {
      exitCode: result.exitCode ?? 127,
      stdout: redact(result.stdout),
      stderr: redact(
        result.stderr || (result.exitCode === undefined ? (result.shortMessage ?? '') : ''),
      ),
      ...(result.timedOut ? { timedOut: true } : {}),
    };
  });
}

function valuesOf(names: readonly string[]): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** Replaces every secret of at least four characters; shorter ones would redact ordinary text. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const values = secrets.filter((secret) => secret.length >= 4);
  return (text) => values.reduce((clean, secret) => clean.replaceAll(secret, '<redacted>'), text);
}
