import { ecosystems } from '@forge/ecosystems';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runDemo } from './run-demo';

const docs = path.join(__dirname, '../../../../docs/REGISTRY-API.md');

/** The block of the runbook that follows the command, digests as `SHA256`. */
function documented(): string {
  const [, text] =
    /```console\n\$ npx --no forge-registry demo\n([^]*?)```/.exec(readFileSync(docs, 'utf8')) ??
    [];
  return text ?? '';
}

it('comes as it should, and as the runbook shows it', async () => {
  const lines: string[] = [];
  expect(await runDemo(ecosystems, (line) => lines.push(line))).toBe(true);
  const printed = `${lines.join('\n')}\n`.replace(/\b[0-9a-f]{64}\b/g, 'SHA256');
  expect(printed).toBe(documented());
}, 30_000);
