import { fail, ForgeError, ok, type Credential, type Result } from '@forge/ecosystems';
import type { AccessPorts } from '../effects/access-ports';

/** The command of nx.json that knows tokens: `"credentials": { "helper": ["op-forge", "--vault", "ci"] }`. */
export interface HelperOption {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
}

/** What the helper is asked, one line of JSON on its standard input. */
export interface HelperQuestion {
  readonly version: 1;
  readonly ecosystem: string;
  readonly registry: string;
  readonly packages: readonly string[];
}

/**
 * Asks the helper. It answers `{"token": "…"}`, with a `username` where the registry wants one, or `{}` for a
 * registry that it does not know. FORGE-C016 for everything else; what it prints is shown only if it fails.
 */
export async function askHelper(
  { argv, timeoutMs }: HelperOption,
  question: HelperQuestion,
  { help }: Pick<AccessPorts, 'help'>,
): Promise<Result<Credential | undefined>> {
  const { exitCode, stdout, stderr } = await help(argv, `${JSON.stringify(question)}\n`, timeoutMs);
  const program = `\`${argv.join(' ')}\``;
  const about = `asked for a token for \`${question.registry}\``;
  if (exitCode === undefined)
    return problem(`${program}, ${about}, has no answer after ${timeoutMs / 1000} s`);
  if (exitCode !== 0)
    return problem(`${program}, ${about}, ends with ${exitCode}: ${lastLine(stderr)}`);
  const answer = parse(stdout);
  if (!answer) return problem(`${program}, ${about}, answers no JSON object with a \`token\``);
  if (answer.token === undefined || answer.token === '') return ok(undefined);
  const { token, username } = answer;
  return ok({ token, ...(username === undefined ? {} : { username }) });
}

function parse(text: string): { token?: string; username?: string } | undefined {
  try {
    const value = JSON.parse(text) as { token?: unknown; username?: unknown } | null;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const { token, username } = value;
    const isText = (each: unknown): boolean => each === undefined || typeof each === 'string';
    return isText(token) && isText(username)
      ? (value as { token?: string; username?: string })
      : undefined;
  } catch {
    // The message of the parser would quote what was read, and that may be a secret.
    return undefined;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function problem(what: string): Result<never> {
  return fail(new ForgeError('FORGE-C016', { what }));
}
