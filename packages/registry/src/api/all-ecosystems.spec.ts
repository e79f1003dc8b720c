import { createHash } from 'node:crypto';
import { subjects } from '../../../ecosystems/src/testing/subjects';
import { startRegistry, type RunningRegistry } from '../server';
import { apiOf } from '../testing/api';

const alice = 'token_of_alice_0123456789';
const native = subjects.filter(({ id }) => id !== 'toy');

let registry: RunningRegistry;
let ask: ReturnType<typeof apiOf>;
beforeAll(async () => {
  registry = await startRegistry({ users: { alice } });
  ask = apiOf(registry);
}, 60_000);
afterAll(() => registry.close());

/** Names and versions that its own registry takes and refuses, beside those of the kit. */
const grammar: Readonly<
  Record<string, { readonly good: readonly string[]; readonly bad: readonly string[] }>
> = {
  cargo: { good: ['Under_score', 'a-b'], bad: ['9lives', 'a.b', '@a/b'] },
  npm: { good: ['@scope/name', 'a.b_c'], bad: ['Upper', '.hidden', '@scope'] },
  pypi: { good: ['Dotted.Name', 'a_b'], bad: ['-a', '@a/b', 'a!'] },
  hex: { good: ['snake_case'], bad: ['Upper', 'a-b', 'elixir'] },
  hackage: { good: ['Upper-case', 'a1'], bad: ['a-1', 'a_b', 'a.b'] },
  rubygems: { good: ['dots.and_more', 'A1'], bad: ['@a/b', '-a', 'a!'] },
};

const fourParts: Readonly<Record<string, boolean>> = {
  cargo: false,
  npm: false,
  pypi: true,
  hex: false,
  hackage: true,
  rubygems: true,
};

describe.each(native)(
  '$id over the management API',
  ({ id, ecosystem, kit: { registry: kit } }) => {
    const upload = kit.upload('over the API');
    const at = `/packages/${id}/${encodeURIComponent(kit.name)}`;

    it('takes a draft of its files by the rules of its own tool', async () => {
      const sha256 = createHash('sha256').update(upload.bytes).digest('hex');
      const opened = await ask(alice, 'POST', `${at}/drafts`, { version: kit.version });
      const draft = `${at}/drafts/${(opened.body as { id: number }).id}`;
      await ask(alice, 'PUT', `${at}/blobs/${sha256}`, Buffer.from(upload.bytes));
      const entry = { path: upload.filename, sha256 };
      expect(await ask(alice, 'POST', `${draft}/entries`, entry)).toMatchObject({ status: 201 });
      const missing = {
        name: kit.name,
        version: kit.version,
        dependencies: [{ name: 'left', requirement: '' }],
      };
      await ask(alice, 'PUT', `${draft}/manifest`, missing);
      const refused = await ask(alice, 'POST', `${draft}/publish`);
      expect(refused).toMatchObject({ status: 422, body: { code: 'FORGE-R063' } });
      const manifest = { name: kit.name, version: kit.version, dependencies: [] };
      await ask(alice, 'PUT', `${draft}/manifest`, manifest);
      expect(await ask(alice, 'POST', `${draft}/publish`)).toMatchObject({
        status: 200,
        body: { state: 'published' },
      });
      const { remote } = ecosystem;
      const endpoints = ecosystem.endpointsAt(registry.url);
      const { url, method, headers } = remote.lookup(kit.name, kit.version, endpoints);
      const response = await fetch(url, { method, ...(headers && { headers: { ...headers } }) });
      const body = Buffer.from(await response.arrayBuffer());
      const answer = { status: response.status, headers: {}, body };
      expect(remote.presence(kit.name, kit.version, answer, endpoints).state).toBe('present');
    });

    it('shows, finds and hands out what was published', async () => {
      expect(await ask(null, 'GET', `${at}/${kit.version}`)).toMatchObject({
        status: 200,
        body: { name: kit.name, manifest: { dependencies: [] } },
      });
      const found = await ask(
        null,
        'GET',
        `/search?q=${encodeURIComponent(kit.name)}&ecosystem=${id}`,
      );
      expect(found.body).toMatchObject({ packages: [{ name: kit.name }], total: 1 });
      const response = await fetch(`${registry.url}/api/v1${at}/${kit.version}/download`);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(upload.bytes));
    });

    it('yanks it, and takes it up again', async () => {
      expect((await ask(alice, 'PUT', `${at}/${kit.version}/yank`)).status).toBe(204);
      expect(await ask(null, 'GET', `${at}/${kit.version}`)).toMatchObject({
        body: { yanked: true },
      });
      expect((await ask(alice, 'DELETE', `${at}/${kit.version}/yank`)).status).toBe(204);
    });

    it('knows names by its own grammar', async () => {
      const open = async (name: string) =>
        (
          await ask(alice, 'POST', `/packages/${id}/${encodeURIComponent(name)}/drafts`, {
            version: '1.0.0',
          })
        ).status;
      for (const name of grammar[id]?.good ?? [])
        expect([name, await open(name)]).toEqual([name, 201]);
      for (const name of grammar[id]?.bad ?? [])
        expect([name, await open(name)]).toEqual([name, 400]);
    });

    it('knows versions by its own grammar', async () => {
      const open = async (version: string) =>
        (await ask(alice, 'POST', `${at}/drafts`, { version })).status;
      expect(await open('9.1.0.5')).toBe(fourParts[id] ? 201 : 400);
      for (const version of ['', 'x', '1..2', '../1'])
        expect([version, await open(version)]).toEqual([version, 400]);
    });

    it('knows requirements by its own grammar', async () => {
      const opened = await ask(alice, 'POST', `${at}/drafts`, { version: '9.0.0' });
      const path = `${at}/drafts/${(opened.body as { id: number }).id}/manifest`;
      const dependencies = [{ name: kit.name, requirement: '>>> nonsense !' }];
      const manifest = { name: kit.name, version: '9.0.0', dependencies };
      expect(await ask(alice, 'PUT', path, manifest)).toMatchObject({
        status: 400,
        body: { code: 'FORGE-R064' },
      });
    });

    it('has no version that is a word of the API', () => {
      for (const word of ['drafts', 'owners', 'stats', 'publish', 'blobs', 'download'])
        expect(ecosystem.versions.isValid(word)).toBe(false);
      expect(['trending', 'categories']).not.toContain(id);
    });
  },
);
