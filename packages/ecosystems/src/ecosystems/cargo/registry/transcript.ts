import { throttled, type CommandResult, type UploadOutcome } from '../../../model';

type Reading = readonly [
  pattern: RegExp,
  kind: Exclude<UploadOutcome['kind'], 'published' | 'already-there' | 'throttled'>,
];

/** What cargo 1.95 and crates.io say, in the order in which it is looked for. */
const readings: readonly Reading[] = [
  [
    /no token found|please run `?cargo login|\(status 401|got 401|authentication failed/i,
    'needs-credentials',
  ],
  [/\(status 403|got 403|must be logged in|not an owner|don't seem to be an owner/i, 'forbidden'],
  [/\(status 5\d\d|got 5\d\d/i, 'unreachable'],
  [
    /spurious network error|server returned nothing|could not resolve host|couldn't connect|could not connect|failed to connect|timed? ?out|empty reply|connection reset|download of config\.json failed/i,
    'unreachable',
  ],
];

/** cargo refuses from the index before it uploads; a race is refused by the server (crates.io: `already uploaded`). */
const duplicate = /already exists on |is already uploaded|already exists/i;

/**
 * What became of `cargo publish`. A duplicate says nothing about its bytes: whoever asks must compare digests.
 * Exit code 0 also stands for "uploaded, but not seen in the index within 60 seconds".
 */
export function classifyPublish({ exitCode, stderr }: CommandResult): UploadOutcome {
  if (exitCode === 0) return { kind: 'published' };
  if (duplicate.test(stderr)) return { kind: 'already-there' };
  if (/\(status 429|got 429/i.test(stderr)) return throttledUntil(stderr);
  const kind = readings.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'rejected';
  return { kind, detail: detailOf(stderr) };
}

/** crates.io says the time in words, or in a header that cargo prints where the answer is no JSON. */
function throttledUntil(stderr: string): UploadOutcome {
  const detail = detailOf(stderr);
  const [, words = ''] = /try again after (.+? GMT)/i.exec(detail) ?? [];
  const until = Date.parse(words);
  if (!Number.isNaN(until)) return { kind: 'throttled', detail, until };
  const [, after = ''] = /^\s*retry-after: (.+?)\s*$/im.exec(detail) ?? [];
  return throttled({ headers: { 'retry-after': after } }, detail);
}

/** From `error:` on: what stands before are progress and warnings. */
function detailOf(stderr: string): string {
  const start = stderr.search(/^error/m);
  return (start < 0 ? stderr : stderr.slice(start)).trim();
}
