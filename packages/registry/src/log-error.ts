import { isNativeError } from 'node:util/types';

/**
 * Writes a fault to stderr: where it happened, its code and what caused it. What else hangs on an error is left out:
 * databases put the row that they did not take there, and so the secrets in it.
 */
export function logError(error: unknown): void {
  console.error(toldOf(error));
}

function toldOf(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  const { stack, message, code, cause, errors } = error as Error & {
    readonly code?: unknown;
    readonly errors?: readonly unknown[];
  };
  const told = `${stack ?? message}${code === undefined ? '' : ` (${String(code)})`}`;
  const causes = [...(cause === undefined ? [] : [cause]), ...(errors ?? [])];
  return [told, ...causes.map((each) => `caused by ${toldOf(each)}`)].join('\n');
}
