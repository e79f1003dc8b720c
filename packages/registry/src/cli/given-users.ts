import { ForgeError } from '@forge/ecosystems';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

const usersFile = z.record(z.string(), z.string());

/** What the command line says of further users. Never a token itself: arguments show in the list of processes. */
export interface UserOptions {
  /** `NAME:VARIABLE`, the name of an environment variable that holds the token. */
  readonly user?: readonly string[] | undefined;
  /** A JSON object from names to tokens, readable by its owner alone. */
  readonly 'users-file'?: string | undefined;
}

/** Users by name with their tokens. FORGE-C001 for what does not give one. */
export function givenUsers(
  { user = [], 'users-file': file }: UserOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const named = user.map((each) => fromEnvironment(each, environment));
  const entries = [...(file === undefined ? [] : Object.entries(readUsers(file))), ...named];
  const users = Object.fromEntries(entries);
  if (Object.keys(users).length < entries.length) throw invalid('a user is named twice');
  if ('forge' in users) throw invalid('`forge` is the user of the token of the server itself');
  return users;
}

function fromEnvironment(
  option: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly [name: string, token: string] {
  const [, name, variable] = /^([^:]+):(\w+)$/.exec(option) ?? [];
  // What was given may be a token by mistake, so it is not repeated.
  if (name === undefined || variable === undefined)
    throw invalid('`--user` is not of the form `NAME:VARIABLE`');
  const token = environment[variable];
  if (token === undefined || token === '')
    throw invalid(`the variable that \`--user ${name}:…\` names is not set`);
  return [name, token];
}

function readUsers(file: string): Readonly<Record<string, string>> {
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new ForgeError('FORGE-C001', {
      what: `\`${file}\` can be read by others`,
      fix: `run \`chmod 600 ${file}\``,
    });
  }
  const users = usersFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (users.success) return users.data;
  throw invalid(`\`${file}\` is no JSON object from user names to tokens`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The same answer as for JSON of another shape; node's message would repeat a part of the file.
    return undefined;
  }
}

function invalid(what: string): ForgeError {
  return new ForgeError('FORGE-C001', { what, fix: 'see `forge-registry --help`' });
}
