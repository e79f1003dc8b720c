import type { CommandResult, UploadOutcome } from '../../model';

/**
 * What became of `cabal upload` (3.4). It prints `Package successfully published` on 200 and 204, otherwise
 * `Error uploading FILE: http code 403` with the answer's text, and exits with 1. It never tries again.
 */
export function classifyUpload({ exitCode, stdout, stderr }: CommandResult): UploadOutcome {
  if (exitCode === 0) return { kind: 'published' };
  const output = `${stdout}\n${stderr}`.trim();
  const status = /http code (\d{3})/.exec(output)?.[1];
  const detail = output.split(/\r?\n/).slice(-6).join('\n');
  if (/already been uploaded|already exists/i.test(output)) return { kind: 'conflict', detail };
  if (status === '401' || asksForPassword(output)) return { kind: 'needs-credentials', detail };
  if (status === '403') return { kind: 'forbidden', detail };
  if (status === undefined || status.startsWith('5')) return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}

/** Without credentials it asks on the terminal, and ends at once where there is none. */
function asksForPassword(output: string): boolean {
  return /Hackage (?:username|password):/.test(output) && !/http code/.test(output);
}
