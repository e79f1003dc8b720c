import { writeMultipart } from '../../../archive';
import { createWireServer, tarGzOf } from '../../../testing';
import { hackage } from '..';

const described = `license: MIT
copyright: 2026 Quill
synopsis: A lantern
description: Gives light.
  Much of it.
author: Quill
homepage: https://lantern.example
`;

function server(versions: readonly string[] = ['1.0.0', '1.1.0']) {
  const wire = createWireServer(hackage, 'http://127.0.0.1:4999');
  const send = (method: 'GET' | 'PUT', path: string, body = '') => {
    const answer = wire.send({ method, url: `${wire.baseUrl}${path}`, body });
    return { status: answer.status, text: Buffer.from(answer.body).toString() };
  };
  const upload = (version: string) => {
    const cabal = `name: demo\nversion: ${version}\n${described}`;
    const bytes = tarGzOf({ [`demo-${version}/demo.cabal`]: cabal });
    const filename = `demo-${version}.tar.gz`;
    const form = writeMultipart({}, { field: 'package', filename, bytes });
    wire.send({ method: 'POST', url: `${wire.baseUrl}/upload`, ...form });
  };
  versions.forEach(upload);
  const read = (path: string): unknown => JSON.parse(send('GET', path).text);
  const deprecate = (wanted: unknown, names: unknown = []) => {
    const body = JSON.stringify({ 'is-deprecated': wanted, 'in-favour-of': names });
    return send('PUT', '/package/demo/deprecated', body).status;
  };
  return { send, upload, read, deprecate };
}

describe('what is told of a package', () => {
  it.each(['/package/demo', '/package/demo.json'])('its versions at %s', (path) => {
    const { send, read } = server();
    expect(read(path)).toEqual({ '1.0.0': 'normal', '1.1.0': 'normal' });
    send('PUT', '/package/demo/preferred', 'preferred=&deprecated=1.0.0');
    expect(read(path)).toEqual({ '1.0.0': 'deprecated', '1.1.0': 'normal' });
  });

  it.each(['/package/demo-1.1.0', '/package/demo-1.1.0.json'])(
    'what a version says of itself at %s',
    (path) => {
      expect(server().read(path)).toEqual({
        license: 'MIT',
        copyright: '2026 Quill',
        synopsis: 'A lantern',
        description: expect.stringMatching(/^Gives light\.\s+Much of it\.$/),
        author: 'Quill',
        homepage: 'https://lantern.example',
        metadata_revision: 0,
        uploaded_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      });
    },
  );

  it('its archives, as before', () => {
    expect(server().send('GET', '/package/demo-1.1.0.tar.gz').status).toBe(200);
  });

  it.each(['demo-9.9', 'demo-9.9.json', 'demo-9.9.tar.gz', 'absent', 'absent.json', 'absent-1.0'])(
    'nothing at /package/%s',
    (id) => expect(server().send('GET', `/package/${id}`).status).toBe(404),
  );
});

describe('a whole package that is deprecated', () => {
  const at = '/package/demo/deprecated';

  it('names what to take instead, and stands again when that is taken back', () => {
    const { read, deprecate } = server();
    expect(read(at)).toEqual({ 'is-deprecated': false, 'in-favour-of': [] });
    expect(read('/packages/deprecated.json')).toEqual([]);
    expect(deprecate(true, ['lamp', 'better-lamp'])).toBe(200);
    const instead = ['lamp', 'better-lamp'];
    expect(read(at)).toEqual({ 'is-deprecated': true, 'in-favour-of': instead });
    expect(read('/packages/deprecated.json')).toEqual([
      { 'deprecated-package': 'demo', 'in-favour-of': instead },
    ]);
    expect(read('/package/demo')).toEqual({ '1.0.0': 'deprecated', '1.1.0': 'deprecated' });
    expect(deprecate(true)).toBe(200);
    expect(read(`${at}.json`)).toEqual({ 'is-deprecated': true, 'in-favour-of': [] });
    expect(deprecate(false)).toBe(200);
    expect(read(at)).toEqual({ 'is-deprecated': false, 'in-favour-of': [] });
    expect(read('/package/demo')).toEqual({ '1.0.0': 'normal', '1.1.0': 'normal' });
  });

  it('leaves alone what was deprecated for itself', () => {
    const { send, read, deprecate } = server();
    send('PUT', '/package/demo/preferred', 'preferred=&deprecated=1.0.0');
    expect(read(at)).toMatchObject({ 'is-deprecated': false });
    deprecate(true, ['lamp']);
    expect(read(at)).toMatchObject({ 'is-deprecated': true });
    deprecate(false);
    expect(read('/package/demo')).toEqual({ '1.0.0': 'deprecated', '1.1.0': 'normal' });
  });

  it('can be one of which all versions were deprecated before', () => {
    const { send, read, deprecate } = server();
    send('PUT', '/package/demo/preferred', 'preferred=&deprecated=1.0.0&deprecated=1.1.0');
    expect(read(at)).toMatchObject({ 'is-deprecated': false });
    deprecate(true, ['lamp']);
    expect(read(at)).toEqual({ 'is-deprecated': true, 'in-favour-of': ['lamp'] });
  });

  it('is taken up again by its next version', () => {
    const { upload, read, deprecate } = server();
    deprecate(true);
    upload('1.2.0');
    expect(read(at)).toEqual({ 'is-deprecated': false, 'in-favour-of': [] });
    expect(read('/package/demo')).toMatchObject({ '1.1.0': 'deprecated', '1.2.0': 'normal' });
  });

  it.each([
    ['yes', []],
    [true, 'lamp'],
    [true, ['no name!']],
    [true, [1]],
    [true, ['demo']],
    [undefined, []],
  ])('is none by %p in favour of %p', (wanted, names) => {
    const { read, deprecate } = server();
    expect(deprecate(wanted, names)).toBe(400);
    expect(read(at)).toMatchObject({ 'is-deprecated': false });
  });
});
