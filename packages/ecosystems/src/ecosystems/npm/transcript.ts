import type { CommandResult, UploadOutcome } from '../../model';

/** Network errors of Node and of npm-registry-fetch 19. */
const network =
  /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|UND_ERR_.*|E408|E5\d\d)$/;
/** Whoever signs a statement of provenance gave none (@sigstore/sign 4); nothing has been uploaded by then. */
const signing = /^(?:CA|TLOG|TSA|IDENTITY_TOKEN_READ)(?:_\w+)?_ERROR$/;
const credentials = /^(?:ENEEDAUTH|E401|EOTP)$/;

/** What npm 11 says on stderr: `npm error code E403`, then `npm error` lines with the text of the registry. */
export function classifyPublish(result: CommandResult): UploadOutcome {
  if (result.exitCode === 0) return { kind: 'published' };
  const lines = [...result.stderr.matchAll(/^npm (?:error|ERR!) ?(.*)$/gm)].map(
    ([, text = '']) => text,
  );
  const code = /^code (\S+)/.exec(lines.find((line) => line.startsWith('code ')) ?? '')?.[1] ?? '';
  const detail = explain(lines, result);
  if (
    /cannot publish over|previously published version/i.test(detail) &&
    !/implicitly/.test(detail)
  )
    return { kind: 'conflict', detail };
  if (code === 'E429' || code === 'E420') return { kind: 'throttled', detail };
  if (code === 'EPUBLISHCONFLICT') return { kind: 'conflict', detail };
  // Two writes to one packument met. It comes and goes, and now and then the version was taken all the same
  // (github.com/npm/cli/issues/7376, github.com/lerna/lerna/issues/4016).
  if (code === 'E409') return { kind: 'unreachable', detail };
  if (credentials.test(code)) return { kind: 'needs-credentials', detail };
  // The public registry answers 404 to a PUT by somebody who may not publish the name.
  if (code === 'E403' || code === 'E404') return { kind: 'forbidden', detail };
  if (network.test(code) || signing.test(code)) return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}

function explain(lines: readonly string[], { exitCode, stderr }: CommandResult): string {
  const told = lines.filter(
    (line) => line.trim() !== '' && !/^(?:code |A complete log|\s+\/)/.test(line),
  );
  if (told.length > 0) return told.slice(0, 3).join(' ');
  return stderr.trim().split('\n').at(-1) || `npm ends with exit code ${exitCode}`;
}
