import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cutOffRelease, type CutOffRelease } from '../run/testing/cut-off-release';
import { main } from './main';

let release: CutOffRelease;
beforeEach(() => {
  release = cutOffRelease();
  process.env['FORGE_RELEASE_DRY_RUN'] = 'true';
});
afterEach(() => {
  delete process.env['FORGE_RELEASE_DRY_RUN'];
  release.remove();
});

async function run(...argv: readonly string[]) {
  let [out, error] = ['', ''];
  const exitCode = await main([...argv, '--root', release.root], '/', {
    out: (text) => (out += text),
    error: (text) => (error += text),
  });
  return { exitCode, out, error };
}

it.each(['resume', 'rollback'])(
  'a latched %s says how it stands and does nothing',
  async (command) => {
    release.version();
    const journal = readFileSync(release.store.journal.file, 'utf8');
    const { exitCode, out } = await run(command);
    expect(exitCode).toBe(0);
    expect(out).toContain(`release ${release.store.id}: begun`);
    expect(out).toContain(`dry run: \`${command}\` does nothing`);
    expect(readFileSync(join(release.root, 'a.toml'), 'utf8')).toBe('version = 1.1.0\n');
    expect(readFileSync(release.store.journal.file, 'utf8')).toBe(journal);
  },
);

it('has nothing to say where nothing is unfinished (FORGE-L012)', async () => {
  release.store.journal.append('end', { outcome: 'released' });
  expect(await run('resume')).toMatchObject({
    exitCode: 1,
    error: expect.stringContaining('FORGE-L012'),
  });
  expect((await run('status', '--json')).out).toContain('"standing": "released"');
});
