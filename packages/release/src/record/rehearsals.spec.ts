import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadToys, toyUnit } from '../publish/testing/toy-world';
import { digestOf, unrehearsed, writeReceipt } from './rehearsals';

const root = mkdtempSync(join(tmpdir(), 'forge-receipts-'));
afterAll(() => rmSync(root, { recursive: true }));

const [node] = loadToys({ 'toy.pkg': 'name = app\nversion = 1.0.0\n' }).packages;
const unitOf = (sha256: string) => {
  const unit = toyUnit(node!);
  return { ...unit, artifacts: unit.artifacts.map((artifact) => ({ ...artifact, sha256 })) };
};

it('the digest of a set does not depend on its order', () => {
  const [one, two] = [{ sha256: 'aa' }, { sha256: 'bb' }];
  expect(digestOf([one, two])).toBe(digestOf([two, one]));
  expect(digestOf([one])).not.toBe(digestOf([one, two]));
});

it('artifacts without a receipt were not rehearsed, and one receipt covers a part of it', () => {
  const asked = unitOf('aa');
  expect(unrehearsed(root, [asked]).map(({ code }) => code)).toEqual(['FORGE-W006']);
  const packages = ['aa', 'bb'].map((sha256) => ({
    ...{ ecosystem: 'toy', name: sha256, version: '1.0.0', served: 'identical' as const },
    artifacts: [{ filename: `${sha256}.toy`, sha256 }],
    installed: 'fetched',
  }));
  const receipt = { formatVersion: 1 as const, at: '2026-01-01T00:00:00.000Z', packages };
  const file = writeReceipt(root, { ...receipt, digest: digestOf([{ sha256: 'aa' }]) });
  expect(file).toMatch(/^\.forge\/rehearsals\/[0-9a-f]{64}\.json$/);
  expect(unrehearsed(root, [asked])).toEqual([]);
  expect(unrehearsed(root, [unitOf('cc')])).toHaveLength(1);
});
