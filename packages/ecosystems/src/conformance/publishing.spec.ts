import { digest, digestsOf } from '../archive';
import type { HttpResponse, Refusal, Result } from '../model';
import { createWireServer, type KitUpload } from '../testing';
import { subjects } from '../testing/subjects';

const root = 'http://127.0.0.1:4999';

function codes(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.problems.map(({ code }) => code);
}

describe.each(subjects)('publishing to $id', ({ ecosystem, kit: { registry: kit } }) => {
  const { remote, tool, wire } = ecosystem;
  const endpoints = ecosystem.endpointsAt(root);
  const upload = kit.upload('first');
  const server = () => createWireServer(ecosystem, root);
  const send = (to: ReturnType<typeof server>, { request }: KitUpload): HttpResponse =>
    to.send({ ...request, url: `${to.baseUrl}${request.path}` });
  const ask = (to: ReturnType<typeof server>) =>
    remote.presence(
      kit.name,
      kit.version,
      to.send(remote.lookup(kit.name, kit.version, endpoints)),
      endpoints,
    );

  it('makes a version present, with its digests, its name in the list and its bytes', () => {
    const registry = server();
    expect(ask(registry)).toEqual({ state: 'absent' });
    const list = () => registry.send(remote.versions(kit.name, endpoints));
    expect(remote.parseVersions(kit.name, list())).toEqual([]);
    expect(send(registry, upload).status).toBeLessThan(300);
    const presence = ask(registry);
    if (presence.state !== 'present') throw new Error(JSON.stringify(presence));
    expect(presence.yanked ?? false).toBe(false);
    expect(presence.files.map(({ filename }) => filename)).toEqual([upload.filename]);
    expect(remote.parseVersions(kit.name, list())).toEqual([kit.version]);
    for (const { url, digests } of presence.files) {
      expect(digestsOf(upload.bytes)).toEqual(expect.arrayContaining([...digests]));
      expect(digests.length).toBeGreaterThan(0);
      const served = registry.send({ method: 'GET', url });
      expect(digest('sha256', served.body)).toBe(digest('sha256', upload.bytes));
    }
  });

  it('is not taken for absent when the registry does not answer', () => {
    for (const status of [0, 401, 403, 429, 500, 502, 503]) {
      const response = { status, headers: {}, body: Buffer.from('<html>') };
      expect([status, remote.presence(kit.name, kit.version, response, endpoints).state]).toEqual([
        status,
        'unknown',
      ]);
      expect(remote.parseVersions(kit.name, response)).toBeNull();
    }
  });

  it('compares artifacts by what is inside', () => {
    const inside = tool.inspect(upload.filename, upload.bytes);
    const same = tool.inspect(upload.filename, kit.upload('first').bytes);
    const other = tool.inspect(upload.filename, kit.upload('second').bytes);
    if (!inside.ok || !same.ok || !other.ok) throw codes(inside);
    expect(ecosystem.normalizeName(inside.value.name)).toBe(ecosystem.normalizeName(kit.name));
    expect(ecosystem.versions.compare(inside.value.version, kit.version)).toBe(0);
    expect([...same.value.members]).toEqual([...inside.value.members]);
    expect([...other.value.members]).not.toEqual([...inside.value.members]);
  });

  it('refuses to inspect what is no artifact', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('text'), upload.bytes.subarray(0, 40)]) {
      expect(codes(tool.inspect(upload.filename, bytes))).toEqual(['FORGE-A003']);
      expect(codes(tool.unpack(upload.filename, bytes))).toEqual(['FORGE-A003']);
    }
    expect(codes(tool.unpack(upload.filename, upload.bytes))).toEqual([]);
  });

  it('says how its secrets look, as patterns that find every place', () => {
    for (const { pattern } of ecosystem.access?.secrets?.tokens ?? [])
      expect(pattern.flags).toContain('g');
    expect(ecosystem.access?.secrets?.files).not.toEqual([]);
  });

  it('answers every broken upload, wherever it is cut off, with a refusal', () => {
    const { request } = upload;
    // Of the first half: a tar without the zero blocks at its end is still whole.
    const cuts = Array.from({ length: 20 }, (_, index) =>
      Math.floor((request.body.length * index) / 40),
    );
    const bodies = [
      ...cuts.map((end) => request.body.subarray(0, end)),
      Buffer.from('text'),
      Buffer.from('{}'),
    ];
    for (const body of bodies) {
      const registry = server();
      const { status } = send(registry, { ...upload, request: { ...request, body } });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(ask(registry)).toEqual({ state: 'absent' });
    }
  });

  it('spells every refusal, an invalid upload with its reason', () => {
    const kinds: readonly Refusal['kind'][] = [
      ...(['unauthorized', 'forbidden', 'invalid'] as const),
      ...(['conflict', 'too-large', 'not-found'] as const),
    ];
    for (const kind of kinds) {
      const { name, version } = kit;
      const answer = wire.refuse({ kind, message: 'the reason', name, version });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      const told = `${answer.reason ?? ''} ${Buffer.from(answer.body).toString()}`;
      if (kind === 'invalid') expect(told).toContain('the reason');
      expect(told.trim()).not.toBe('');
    }
    // PyPI answers 403 also where it knows no token at all.
    expect([401, 403]).toContain(wire.refuse({ kind: 'unauthorized', message: 'no' }).status);
  });

  it('has settings that name this server and no other', () => {
    const lines = wire.settings(root, 's3cret').join('\n');
    expect(lines).toContain('s3cret');
    expect(lines).toContain('127.0.0.1:4999');
    for (const [url] of lines.matchAll(/https?:\/\/[^\s"'>]+/g))
      expect(url).toMatch(
        new RegExp(`^http://(?:[^@/]*@)?127\\.0\\.0\\.1:4999${ecosystem.prefix}(?:/|$)`),
      );
  });

  it('declares routes that can be tried in order', () => {
    expect(wire.bodyLimit).toBeGreaterThan(0);
    for (const { path } of wire.routes) {
      expect(path).toMatch(/^\/(?:(?::?[\w.@+-]+|\*)\/?)*$/);
      expect(path.indexOf('*') < 0 || path.endsWith('/*')).toBe(true);
    }
    const once = new Set(wire.routes.map(({ kind, method, path }) => `${kind} ${method} ${path}`));
    expect(once.size).toBe(wire.routes.length);
  });
});
