import { createInterface } from 'node:readline/promises';

/** True where somebody can be asked: on a terminal, outside of CI. */
export function isInteractive(): boolean {
  const inCi = Boolean(process.env['CI']) && process.env['CI'] !== 'false';
  return Boolean(process.stdin.isTTY && process.stdout.isTTY) && !inCi;
}

/** Asks on the terminal. Everything but a clear yes is a no. */
export async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} (y/N) `)).trim());
  } finally {
    terminal.close();
  }
}

/**
 * Who answers a question of a real run: nobody has to where `--yes` was said, and where there is no terminal, silence
 * is a no.
 */
export function whoeverAnswers(yes: boolean): typeof confirm | undefined {
  if (yes) return undefined;
  return isInteractive() ? confirm : async () => false;
}
