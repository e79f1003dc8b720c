import { throttled, type CommandResult, type HttpResponse, type UploadOutcome } from '../../model';

type Failure = Exclude<UploadOutcome['kind'], 'published' | 'already-there'>;

/** Texts of rubygems.org (app/models/pusher.rb) and of RubyGems 3.3, which prints answers as they are. */
const texts: readonly [RegExp, Failure][] = [
  [/Repushing of gem versions is not allowed|yanked version already exists/, 'conflict'],
  [/do not have permission|doesn't have access|reserved/, 'forbidden'],
  [/Access Denied|Unauthorized|multi-?factor authentication|credentials/i, 'needs-credentials'],
  [
    /connection resets|refused|timed out|Timeout|getaddrinfo|SocketError|Bad Gateway|Unavailable/i,
    'unreachable',
  ],
];

const statuses: Readonly<Record<number, Failure>> = {
  401: 'needs-credentials',
  403: 'forbidden',
  409: 'conflict',
  429: 'throttled',
};

/**
 * What `gem push --verbose` ended with. It fails with exit code 1 whatever the reason; where there was an answer it
 * prints the request, the status and the body, each on a line of its own, after a reset connection twice.
 */
export function classifyPush({ exitCode, stdout, stderr }: CommandResult): UploadOutcome {
  const output = `${stdout}\n${stderr}`.trim();
  if (exitCode === 0) return success(output);
  const answers = [...output.matchAll(/^POST \S+\n(\d{3}) [^]*/gm)];
  const detail = output.replace(/^(?:Pushing gem to|POST) .*\n/gm, '');
  const byStatus = kindOf(Number(answers.at(-1)?.[1] ?? 0));
  const [, byWords = 'rejected'] = texts.find(([pattern]) => pattern.test(output)) ?? [];
  return { kind: byStatus ?? byWords, detail };
}

/** What a request of our own is answered. 0 stands for one that reached nobody. */
export function classifyResponse(response: HttpResponse): UploadOutcome {
  const { status, body } = response;
  const detail = Buffer.from(body).toString('utf8').trim();
  if (status >= 200 && status < 300) return success(detail);
  if (status === 429) return throttled(response, detail);
  return { kind: status === 0 ? 'unreachable' : (kindOf(status) ?? 'rejected'), detail };
}

function kindOf(status: number): Failure | undefined {
  return statuses[status] ?? (status >= 500 ? 'unreachable' : undefined);
}

/** The same bytes again are answered with 200 by rubygems.org. */
function success(output: string): UploadOutcome {
  return { kind: output.includes('Gem was already pushed') ? 'already-there' : 'published' };
}
