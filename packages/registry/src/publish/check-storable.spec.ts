import type { Json, WireUpload } from '@forge/ecosystems';
import { findUnstorable } from './check-storable';

const upload = (metadata: Json, filename = 'a'): WireUpload => {
  return { name: 'demo', version: '1.0.0', files: [{ filename, bytes: Buffer.of(1) }], metadata };
};
const deep = (levels: number): Json => (levels === 0 ? [] : [deep(levels - 1)]);

it.each<[string, WireUpload]>([
  ['a NUL', upload({ a: ['b\0'] })],
  ['half of a character', upload({ a: '\ud800' })],
  ['a key with a NUL', upload({ 'a\0': 1 })],
  ['a tag with a NUL', { ...upload({}), tags: { 'a\0': '1.0.0' } }],
  ['what is too deep', upload(deep(70))],
  ['a tag that is too long', { ...upload({}), tags: { ['t'.repeat(256)]: '1.0.0' } }],
  ['a file name that is too long', upload({}, 'é'.repeat(130))],
])('finds %s', (_, given) => {
  expect(findUnstorable(given)?.code).toBe('FORGE-R091');
});

it('finds nothing in what can be kept', () => {
  expect(findUnstorable(upload({ a: [null, true, 1, '🦀', deep(50)] }))).toBeUndefined();
});
