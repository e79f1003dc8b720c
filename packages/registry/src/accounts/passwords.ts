import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import type * as Argon2 from '@node-rs/argon2';

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane; about 20 ms each. The salt is random. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Longer ones cost the server time and protect nobody. */
const longest = 256;
const shortest = 10;

/** The stored form of a password: Argon2id with its own salt, in the PHC string form. */
export async function hashPassword(password: string): Promise<string> {
  return argon2().hash(password, cost);
}

/** Takes as long for a user who is not there, or has no password, as for one who is. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const isRight = await argon2().verify(
    stored ?? (await nobodys()),
    password.slice(0, longest + 1),
  );
  return isRight && stored !== null;
}

/** FORGE-R047 for a password that is easily guessed. */
export function checkPassword(password: string, user: string): Result<string> {
  const problem = problemOf(password, user);
  if (problem === undefined) return ok(password);
  return fail(new ForgeError('FORGE-R047', { what: `the password ${problem}` }));
}

function problemOf(password: string, user: string): string | undefined {
  if (password.length < shortest) return `has fewer than ${shortest} characters`;
  if (password.length > longest) return `has more than ${longest} characters`;
  if (new Set(password).size < 4) return 'repeats a few characters only';
  return password.toLowerCase().includes(user) && password.length < user.length + shortest
    ? 'is made of the name of the user'
    : undefined;
}

let ofNobody: Promise<string> | undefined;

/** The hash of a password that nobody has, of the same cost as every other. */
function nobodys(): Promise<string> {
  return (ofNobody ??= hashPassword(crypto.randomUUID()));
}

/** Native code, loaded by the first password: a server with tokens alone never needs it. */
function argon2(): typeof Argon2 {
  return require('@node-rs/argon2') as typeof Argon2;
}
