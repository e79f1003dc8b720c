import type { CommandResult, HttpResponse, UploadOutcome } from '../../model';

type Failure = Exclude<UploadOutcome['kind'], 'published' | 'already-there'>;

/** Texts of rubygems.org (app/models/pusher.rb) and of RubyGems 3.3, which prints answers as they are. */
const texts: readonly [RegExp, Failure][] = [
  [/Repushing of gem versions is not allowed|yanked version already exists/, 'conflict'],
  [/do not have permission|doesn't have access|reserved/, 'forbidden'],
  [/Access Denied|Unauthorized|multi-?factor authentication|credentials/i, 'needs-credentials'],
  [/refused|timed out|Timeout|getaddrinfo|SocketError|Bad Gateway|Unavailable/i, 'unreachable'],
];

const statuses: Readonly<Record<number, Failure>> = {
  401: 'needs-credentials',
  403: 'forbidden',
  409: 'conflict',
};

/** What `gem push` ended with; it fails with exit code 1 whatever the reason, so its words decide. */
export function classifyPush({ exitCode, stdout, stderr }: CommandResult): UploadOutcome {
  const output = `${stdout}\n${stderr}`.trim();
  if (exitCode === 0) return success(output);
  const [, kind = 'rejected'] = texts.find(([pattern]) => pattern.test(output)) ?? [];
  return { kind, detail: output };
}

/** What a request of our own is answered. */
export function classifyResponse({ status, body }: HttpResponse): UploadOutcome {
  const detail = Buffer.from(body).toString('utf8').trim();
  if (status >= 200 && status < 300) return success(detail);
  return { kind: statuses[status] ?? (status >= 500 ? 'unreachable' : 'rejected'), detail };
}

/** The same bytes again are answered with 200 by rubygems.org. */
function success(output: string): UploadOutcome {
  return { kind: output.includes('Gem was already pushed') ? 'already-there' : 'published' };
}
