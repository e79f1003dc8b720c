import { createWireServer } from '../testing';
import { subjects } from '../testing/subjects';

const root = 'http://127.0.0.1:4999';

describe.each(subjects)(
  'the contents of a file for $id',
  ({ ecosystem, kit: { registry: kit } }) => {
    const { contents, remote } = ecosystem;
    const upload = kit.upload('first');

    it('are published as the native tool would have published them', () => {
      const presence = (
        request: Pick<typeof upload.request, 'path' | 'headers' | 'body'>,
        method: 'PUT' | 'POST',
      ) => {
        const server = createWireServer(ecosystem, root);
        const url = `${server.baseUrl}${request.path}`;
        expect(server.send({ ...request, method, url }).status).toBeLessThan(300);
        const endpoints = ecosystem.endpointsAt(root);
        const answer = server.send(remote.lookup(kit.name, kit.version, endpoints));
        return remote.presence(kit.name, kit.version, answer, endpoints);
      };
      const request = contents.toRequest(upload.filename, upload.bytes);
      if (!request.ok) throw new Error(JSON.stringify(request.problems));
      const native = presence(upload.request, upload.request.method);
      expect(native.state).toBe('present');
      expect(presence(request.value, request.value.method)).toEqual(native);
    });

    it('have an example, if any, that the registry takes', () => {
      const example = contents.example?.();
      if (!example) return;
      const request = contents.toRequest(example.filename, example.bytes);
      if (!request.ok) throw new Error(JSON.stringify(request.problems));
      const server = createWireServer(ecosystem, root);
      const url = `${server.baseUrl}${request.value.path}`;
      expect(server.send({ ...request.value, url }).status).toBeLessThan(300);
      const answer = server.send(remote.versions(example.name, ecosystem.endpointsAt(root)));
      expect(remote.parseVersions(example.name, answer)).toEqual([example.version]);
    });

    it('name packages by the rules of the registry', () => {
      expect(contents.isName(kit.name)).toBe(true);
      for (const name of ['', ' ', '..', '../a', 'a b', 'ä', '_']) {
        expect([name, contents.isName(name)]).toEqual([name, false]);
      }
    });

    it('are refused where the bytes are no package', () => {
      for (const bytes of [Buffer.alloc(0), Buffer.from('text'), upload.bytes.subarray(0, 40)]) {
        const request = contents.toRequest(upload.filename, bytes);
        // Where the file is the whole upload, the route of the upload says the same.
        if (request.ok) expect(request.value.body).toBe(bytes);
        else expect(request.problems.map(({ code }) => code)).toEqual(['FORGE-R001']);
      }
    });
  },
);
