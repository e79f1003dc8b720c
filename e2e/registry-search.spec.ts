import { subjects } from '../packages/ecosystems/src/testing/subjects';
import { describeOnEachDatabase } from './support/each-database';
import type { RegistryYard } from './support/registry-yard';

/** What the tools find that can search: the ranking is the server's, except for `gem`, which has its own. */
describeOnEachDatabase('searching with native tools', ['cargo', 'npm', 'rubygems'], (openYard) => {
  let yard: RegistryYard;
  beforeAll(async () => {
    yard = await openYard();
    for (const id of ['cargo', 'npm', 'rubygems', 'hex']) await publishExample(id);
  }, 120_000);
  afterAll(() => yard.stop());

  /** The file alone, without the tool that would upload it. */
  async function publishExample(id: string): Promise<void> {
    const kit = subjects.find((subject) => subject.id === id)?.kit.registry;
    const { filename, bytes } = kit?.upload('example') ?? { filename: '', bytes: Buffer.alloc(0) };
    const name = encodeURIComponent(kit?.name ?? '');
    const response = await fetch(
      `${yard.registry.url}/api/v1/packages/${id}/${name}/publish?filename=${filename}`,
      {
        method: 'POST',
        body: Uint8Array.from(bytes),
        headers: { authorization: `Bearer ${yard.registry.tokens['alice']}` },
      },
    );
    expect([id, response.status]).toEqual([id, 201]);
  }

  it('cargo search prints name, version and description', async () => {
    const index = `registries.forge.index="sparse+${yard.registry.url}/cargo/index/"`;
    const search = (text: string) =>
      yard.runOk(['cargo', '--config', index, 'search', '--registry', 'forge', text]);
    expect(await search('dem')).toContain('demo = "1.2.0"');
    expect(await search('nothing-of-the-kind')).not.toContain(' = "');
  }, 60_000);

  it('npm search finds scoped packages', async () => {
    const npm = (...args: readonly string[]) =>
      yard.runOk(['npm', '--registry', `${yard.registry.url}/npm/`, 'search', ...args]);
    expect(JSON.parse(await npm('demo', '--json'))).toMatchObject([
      { name: '@acme/demo', version: '1.2.0', publisher: { username: 'alice' } },
    ]);
    expect(await npm('nothing-of-the-kind')).toContain('No matches found');
  }, 60_000);

  it('gem search finds gems in the indexes that it reads', async () => {
    const source = ['--clear-sources', '--source', `${yard.registry.url}/gems/`];
    expect(await yard.runOk(['gem', 'search', '^de', ...source])).toContain('demo (1.2.0)');
    const api = await fetch(`${yard.registry.url}/gems/api/v1/search.json?query=demo`);
    expect(await api.json()).toMatchObject([{ name: 'demo', version: '1.2.0' }]);
  }, 60_000);

  it("Hex's API answers what `mix hex.package search` prints", async () => {
    const url = `${yard.registry.url}/hex/api/packages?search=name:*dem*&sort=downloads`;
    const response = await fetch(url, { headers: { accept: 'application/json' } });
    expect(await response.json()).toMatchObject([
      { name: 'demo', releases: [{ version: '1.2.0' }] },
    ]);
  });
});
