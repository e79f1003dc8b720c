import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sessionKey } from '../accounts/signing-keys';
import { givenAccounts } from './given-accounts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'forge-accounts-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function write(content: string): string {
  const file = path.join(directory, 'secret');
  writeFileSync(file, content);
  return file;
}

it('takes the secret of sessions from a variable or a file', () => {
  expect(givenAccounts({}, {}).sessionSecret).toBeUndefined();
  const environment = { FORGE_SESSION_SECRET: 's3cret' };
  expect(givenAccounts({}, environment).sessionSecret).toBe('s3cret');
  const options = { 'session-secret-file': write('other\n') };
  expect(givenAccounts(options, environment).sessionSecret).toBe('other');
});

it('takes no empty one, which would be a key that everybody knows', () => {
  expect(() => givenAccounts({}, { FORGE_SESSION_SECRET: '' })).toThrow('FORGE_SESSION_SECRET` is');
  const options = { 'session-secret-file': write('\n') };
  expect(() => givenAccounts(options, {})).toThrow('secret` is empty');
  const keys = { rsaPrivate: 'a private key', rsaPublic: '' };
  expect(sessionKey(keys, '')).toEqual(sessionKey(keys, undefined));
});

it('takes issuers on this machine, and others by https', () => {
  const of = (issuer: string) => () => givenAccounts({ 'oidc-issuer': [issuer] }, {}).issuers;
  expect(of('https://ci.example')()).toEqual(['https://ci.example']);
  expect(of('http://[::1]:8080')()).toEqual(['http://[::1]:8080']);
  for (const other of ['http://ci.example', 'ci.example', ''])
    expect(of(other)).toThrow('is no https address');
});
