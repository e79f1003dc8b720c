import type { CommandResult, UploadOutcome } from '../../model';

/** The words of cabal's transports: curl, wget, and its own where neither is installed. */
const noAnswer =
  /curl: \(\d+\)|wget.*(?:failed|unable to)|openTCPConnection|Network\.Socket|(?:Connection|timed) (?:refused|reset|out)/i;

/**
 * What became of `cabal upload` (3.4). It prints `Package successfully published` on 200 and 204, otherwise
 * `Error uploading FILE: http code 403` with the answer's text, and exits with 1. It never tries again.
 * Its lines wrap at 80 columns.
 */
export function classifyUpload({ exitCode, stdout, stderr }: CommandResult): UploadOutcome {
  if (exitCode === 0) return { kind: 'published' };
  const lines = `${stdout}\n${stderr}`.split(/\r?\n/).filter((line) => line.trim() !== '');
  const output = lines.join(' ');
  const detail = lines.slice(-6).join('\n');
  const status = /http\s+code\s+(\d{3})/.exec(output)?.[1];
  if (/already\s+been\s+uploaded/i.test(output)) return { kind: 'conflict', detail };
  if (status === '401' || lacksCredentials(output)) return { kind: 'needs-credentials', detail };
  if (status === '429') return { kind: 'throttled', detail };
  if (status === '403') return { kind: 'forbidden', detail };
  if (status?.startsWith('5') || noAnswer.test(output)) return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}

/**
 * Without credentials it asks on the terminal, and ends at once where there is none. Refused ones end wget
 * 1.21 before cabal sees an answer.
 */
function lacksCredentials(output: string): boolean {
  return /\S+ (?:username|password): .*end of file|Password Authentication Failed/.test(output);
}
