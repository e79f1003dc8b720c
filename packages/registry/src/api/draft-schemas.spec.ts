import { draftManifest } from './draft-schemas';

const manifest = { name: 'desk', version: '1.0' };
const dependency = { name: 'lamp', requirement: '^1' };

it.each([
  ['a name', { ...manifest, name: 'n'.repeat(256) }],
  ['a version', { ...manifest, version: '1'.repeat(256) }],
  ['a dependency', { ...manifest, dependencies: [{ ...dependency, name: 'n'.repeat(256) }] }],
  [
    'a requirement',
    { ...manifest, dependencies: [{ ...dependency, requirement: ' '.repeat(2001) }] },
  ],
  ['a list of dependencies', { ...manifest, dependencies: Array<object>(5001).fill(dependency) }],
])('takes no manifest with %s that is longer than anybody needs', (_, long) => {
  expect(draftManifest.safeParse(long).success).toBe(false);
});

it('takes one without, and with dependencies', () => {
  expect(draftManifest.safeParse(manifest).success).toBe(true);
  expect(draftManifest.parse({ ...manifest, dependencies: [dependency] }).dependencies).toEqual([
    { ...dependency, kind: 'runtime' },
  ]);
});
