import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  lockToolCommands,
  lockToolProgram,
  lockTools,
  missingLockTools,
} from '../../e2e/support/lock-tools';
import {
  furtherTools,
  missingTools,
  toolchains,
  type Toolchain,
} from '../../e2e/support/toolchains';

const toolchain: Toolchain = {
  ecosystem: 'toy',
  programs: ['toy-node'],
  probes: [
    { name: 'arithmetic', argv: ['toy-node', '-e', '1 + 1'] },
    { name: 'toy 2 or later', argv: ['toy-node', '-e', 'process.exit(3)'] },
  ],
  apt: [],
  pip: [],
};

let bin: string;
beforeAll(() => {
  bin = mkdtempSync(join(tmpdir(), 'forge-bin-'));
  symlinkSync(process.execPath, join(bin, 'toy-node'));
});
afterAll(() => rmSync(bin, { recursive: true }));

it('names the programs that are not on PATH, and asks nothing of the others', () => {
  const two = { ...toolchain, programs: ['toy-node', 'toy-make'] };
  expect(missingTools(two, bin)).toEqual(['toy-make']);
  expect(missingTools(two, '/nowhere')).toEqual(['toy-node', 'toy-make']);
});

it('names what the programs are there without', () => {
  expect(missingTools(toolchain, bin)).toEqual(['toy 2 or later']);
});

it('can install whatever it misses', () => {
  for (const { ecosystem, programs, apt, pip } of [...toolchains, ...furtherTools]) {
    if (ecosystem !== 'npm') expect([programs.length > 0, apt.length > 0]).toEqual([true, true]);
    expect(programs).toEqual(expect.arrayContaining([...pip]));
  }
});

it('installs tools for lock files in one version, each where it is looked for', () => {
  expect(missingLockTools('/nowhere')).toEqual(lockTools);
  for (const tool of lockTools) {
    const commands = lockToolCommands(tool, bin);
    const wanted = commands.at(-1)?.at(-1);
    expect(wanted).toMatch(/^.[^@=]*(?:@|==)\d+\.\d+\.\d+$/);
    const folder = commands.flat().find((word) => word.startsWith(join(bin, 'locks')));
    expect(
      lockToolProgram(tool.name, bin).startsWith(`${folder?.replace(/\/bin\/pip$/, '')}/`),
    ).toBe(true);
  }
});
