import { posix } from 'node:path';
import type { Ecosystem } from '../model';
import { readerOf, sourceOf } from '../testing';
import { missingKits, subjects } from '../testing/subjects';

it('every ecosystem has a kit for this suite', () => expect(missingKits).toEqual([]));

function facetsLoaded(ecosystem: Ecosystem): string[] {
  const modules = Object.keys(require.cache).map((file) => file.split('\\').join('/'));
  const folder = ecosystem.id === 'toy' ? 'testing/toy' : `ecosystems/${ecosystem.id}`;
  return ['versions', 'manifest', 'tool', 'remote', 'wire'].filter((facet) =>
    modules.some((file) => file.endsWith(`/src/${folder}/${facet}.ts`)),
  );
}

/** Inference reads thousands of manifests: it must not pay for tools, protocols and foreign parsers. */
describe.each(subjects)('the facets of $id', ({ id, ecosystem, kit: { manifest: kit } }) => {
  it('load when they are touched, and not before', () => {
    // A kit may build its examples with the ecosystem's own code, so this looks at what the object holds.
    const untouched = (facet: string): boolean =>
      Object.getOwnPropertyDescriptor(ecosystem, facet)?.get !== undefined;
    expect(['versions', 'format', 'tool', 'remote', 'wire'].every(untouched)).toBe(true);
    const source = sourceOf(kit.file, kit.files[kit.file] ?? '', ecosystem.toleratesLatin1);
    expect(ecosystem.format.read(source, readerOf(kit.files)).ok).toBe(true);
    expect(['tool', 'remote', 'wire'].every(untouched)).toBe(true);
    expect(ecosystem.format).toBe(ecosystem.format);
  });

  it('are found by the folder and the patterns that the ecosystem declares', () => {
    const name = posix.basename(kit.file);
    const matches = (pattern: string): boolean =>
      pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : pattern === name;
    expect(ecosystem.manifests.some(matches)).toBe(true);
    expect(id).toMatch(/^[a-z][a-z0-9]*$/);
    expect(ecosystem.prefix).toMatch(/^\/[a-z]+$/);
  });

  it('have the same endpoints at the public registry and at a server of ours', () => {
    const ours = ecosystem.endpointsAt('http://127.0.0.1:4999');
    expect(Object.keys(ours)).toEqual(Object.keys(ecosystem.publicEndpoints));
    for (const url of Object.values(ours))
      expect(url).toMatch(
        new RegExp(`^(?:sparse\\+)?http://127\\.0\\.0\\.1:4999${ecosystem.prefix}(?:/|$)`),
      );
    expect(ecosystem.credentials.env.length).toBeGreaterThan(0);
  });
});

describe('reading a manifest', () => {
  it.each(subjects.map(({ id }) => id))('of %s loads no tool, remote or wire', (id) => {
    jest.isolateModules(() => {
      // A fresh registry of modules; the kit stays outside, because it may use anything.
      const { manifest: kit } = subjects.find((subject) => subject.id === id)?.kit ?? {};
      const fresh =
        id === 'toy'
          ? (require('../testing/toy') as { toy: Ecosystem }).toy
          : (require('../ecosystems') as typeof import('../ecosystems')).ecosystems.find(
              (ecosystem) => ecosystem.id === id,
            );
      if (!fresh || !kit) throw new Error(id);
      const source = sourceOf(kit.file, kit.files[kit.file] ?? '', fresh.toleratesLatin1);
      expect(fresh.format.read(source, readerOf(kit.files)).ok).toBe(true);
      const loaded = facetsLoaded(fresh);
      expect(loaded).toContain('manifest');
      expect(loaded.filter((facet) => ['tool', 'remote', 'wire'].includes(facet))).toEqual([]);
    });
  });
});
