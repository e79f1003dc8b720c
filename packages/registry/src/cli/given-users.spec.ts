import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { givenUsers } from './given-users';

const environment = { ALICE: 'token_of_alice_0123456789', EMPTY: '' };

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'forge-users-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function write(content: string, mode = 0o600): string {
  const file = path.join(directory, 'users.json');
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
}

it('takes tokens from variables and from a file', () => {
  expect(givenUsers({}, environment)).toEqual({});
  const file = write('{ "bob": "token_of_bob_0123456789" }');
  expect(givenUsers({ user: ['alice:ALICE'], 'users-file': file }, environment)).toEqual({
    bob: 'token_of_bob_0123456789',
    alice: 'token_of_alice_0123456789',
  });
});

it.each([
  ['no variable', ['alice'], 'NAME:VARIABLE'],
  ['a variable that is not set', ['alice:NONE'], '`--user alice:…` names is not set'],
  ['a variable that is empty', ['alice:EMPTY'], 'is not set'],
  ['a user twice', ['alice:ALICE', 'alice:ALICE'], 'named twice'],
  ['the user of the server', ['forge:ALICE'], '`forge` is the user'],
])('refuses %s', (_, user, reason) => {
  expect(() => givenUsers({ user }, environment)).toThrow(reason);
});

it('refuses a file that others may read, or that holds something else', () => {
  const refusal = (file: string) => () => givenUsers({ 'users-file': file }, environment);
  expect(refusal(write('{}', 0o644))).toThrow('can be read by others');
  expect(refusal(write('alice s3cret-of-alice'))).toThrow('no JSON object');
  expect(refusal(write('alice s3cret-of-alice'))).not.toThrow('s3cret');
  expect(refusal(write('["alice"]'))).toThrow('no JSON object');
});

it('never repeats what may be a token', () => {
  const attempt = () => givenUsers({ user: ['alice:s3cret-of-alice'] }, environment);
  expect(attempt).toThrow('NAME:VARIABLE');
  expect(attempt).not.toThrow('s3cret');
});
