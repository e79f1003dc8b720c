import type { ErrorCode, ForgeError, Refusal } from '@forge/ecosystems';
import { TooMany } from '../limits/too-many';

/** What a code of the catalogue means to a client; every other one is about what was sent. */
const kinds: Partial<Record<ErrorCode, Refusal['kind']>> = {
  'FORGE-R005': 'unauthorized',
  'FORGE-R006': 'conflict',
  'FORGE-R007': 'too-large',
  'FORGE-R009': 'forbidden',
  'FORGE-R010': 'not-found',
  'FORGE-R011': 'conflict',
  'FORGE-R012': 'conflict',
  'FORGE-R014': 'unreachable',
  'FORGE-R040': 'forbidden',
  'FORGE-R041': 'too-many',
  'FORGE-R043': 'unauthorized',
  'FORGE-R044': 'forbidden',
  'FORGE-R045': 'forbidden',
  'FORGE-R046': 'conflict',
  'FORGE-R048': 'too-many',
  'FORGE-R050': 'unreachable',
  'FORGE-R060': 'conflict',
  'FORGE-R062': 'conflict',
  'FORGE-R065': 'not-found',
  'FORGE-R066': 'forbidden',
};

/** All problems in one message, each with its code for looking it up; the ecosystem spells the answer. */
export function toRefusal(
  problems: readonly ForgeError[],
  of: { readonly name?: string; readonly version?: string } = {},
): Refusal {
  const kind = problems.map(({ code }) => kinds[code]).find((each) => each !== undefined);
  const code = problems[0]?.code;
  const message = problems.map(({ what, code }) => `${what} (${code})`).join('; ');
  const seconds = problems.find((each) => each instanceof TooMany)?.seconds;
  const retry = seconds === undefined ? {} : { retryAfterSeconds: seconds };
  return { kind: kind ?? 'invalid', ...(code && { code }), message, ...of, ...retry };
}
