import { pypi } from '..';
import { settingsOf } from '../../../testing';
import { readPypirc } from './pypirc';

const access = pypi.access!;
const file = '/h/.pypirc';
const text = [
  '[distutils]',
  'index-servers =',
  '    pypi',
  '    own',
  '[pypi]',
  '; the account',
  'username: __token__',
  'password = pypi-abc=:def  ',
  '[own]',
  'repository = https://own.example/legacy',
  'username = ada',
  'password = secret',
  '',
].join('\n');

describe('.pypirc', () => {
  it('has sections of keys, with values over several lines', () => {
    const sections = readPypirc(text);
    expect(sections.get('distutils')?.get('index-servers')).toBe('\npypi\nown');
    expect(sections.get('pypi')?.get('password')).toBe('pypi-abc=:def');
  });

  it('has the token of the public registry, and accounts of the ones it names', () => {
    const settings = settingsOf({ [file]: text });
    const own = { upload: 'https://own.example/legacy/', json: '' };
    expect(access.token(settings, pypi.publicEndpoints)).toEqual({
      ...{ username: '__token__', token: 'pypi-abc=:def', file },
    });
    expect(access.token(settings, own)).toEqual({ username: 'ada', token: 'secret', file });
    expect(access.token(settings, { upload: 'https://other.example/' })).toBeUndefined();
  });
});

describe('trusted publishing', () => {
  it('asks the site, not the place of uploads', () => {
    const { exchange } = access;
    expect(exchange?.audience(pypi.publicEndpoints)).toBe('pypi');
    expect(exchange?.ask('jwt', 'a', pypi.publicEndpoints)).toMatchObject({
      method: 'POST',
      url: `${new URL(pypi.publicEndpoints['json'] ?? '').origin}/_/oidc/mint-token`,
      body: '{"token":"jwt"}',
    });
    const body = Buffer.from('{"success":true,"token":"pypi-x"}');
    expect(exchange?.read({ status: 200, headers: {}, body })).toBe('pypi-x');
    expect(exchange?.read({ status: 422, headers: {}, body })).toBeUndefined();
  });
});
