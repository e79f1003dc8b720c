import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublishUnit } from '../../plan/publish-unit';
import { readJournal } from '../../record/journal';
import { publishRecord } from './publish-record';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'forge-record-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const unit = {
  node: { ecosystem: { id: 'toy' }, manifest: { name: 'a' } },
  ...{ version: '1.1.0', planned: true, endpoints: { registry: 'https://registry.example/toy' } },
  artifacts: [{ filename: 'a-1.1.0.toy', sha256: 'ab12', path: '/tmp/a-1.1.0.toy' }],
} as unknown as PublishUnit;
const actor = { name: 'ada', via: 'git' };
const at = '1970-01-01T00:00:01.000Z';
const entry = {
  ...{ package: 'a', ecosystem: 'toy', version: '1.1.0', outcome: 'published' },
  registry: 'https://registry.example/toy',
  artifacts: [{ filename: 'a-1.1.0.toy', sha256: 'ab12' }],
};

it('says who published what, where, when and with which digests', () => {
  const record = publishRecord(root, { dryRun: false, now: () => 1000 }, actor);
  expect(existsSync(join(root, '.forge'))).toBe(false);
  record.tell(unit, { kind: 'published' });
  record.write('a', [unit]);
  const [file = ''] = readdirSync(join(root, '.forge/journal'));
  expect(readJournal(join(root, '.forge/journal', file))).toEqual([
    { at, event: 'begin', format: 1, command: 'publish', actor },
    { at, event: 'result', ...entry },
  ]);
  expect(JSON.parse(readFileSync(join(root, '.forge/results/a.json'), 'utf8'))).toEqual([
    { ...entry, at, actor },
  ]);
});

it('leaves nothing after a dry run', () => {
  const record = publishRecord(root, { dryRun: true, now: () => 1000 }, actor);
  record.tell(unit, { kind: 'would-publish' });
  record.write('a', [unit]);
  expect(readdirSync(root)).toEqual([]);
});
