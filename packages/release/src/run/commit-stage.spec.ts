import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { commitStage } from './commit-stage';
import { cutOffRelease, type CutOffRelease } from './testing/cut-off-release';
import { versionStage } from './version-stage';

let release: CutOffRelease;
beforeEach(() => {
  release = cutOffRelease();
});
afterEach(() => release.remove());

const hook = (text: string): void => {
  release.write('.git/hooks/pre-commit', `#!/bin/sh\n${text}\n`);
  chmodSync(join(release.root, '.git/hooks/pre-commit'), 0o755);
};

it('commits its own files and leaves what else is staged or changed', async () => {
  release.version();
  release.write('staged.txt', 'mine\n');
  release.git('add', 'staged.txt');
  const result = await commitStage.run(release.context);
  expect(result).toMatchObject({ ok: true, details: { commit: release.git('rev-parse', 'HEAD') } });
  expect(release.git('show', '--name-only', '--format=%s')).toBe('release\n\na.toml');
  expect(release.git('status', '--porcelain')).toBe('A  staged.txt');
});

it('takes for its own the commit of a process that could not say so', async () => {
  release.version();
  release.git('commit', '--quiet', '--all', '--message', 'release');
  const head = release.git('rev-parse', 'HEAD');
  expect(await commitStage.run(release.context)).toMatchObject({ details: { commit: head } });
  expect(await versionStage.run(release.context)).toEqual({ ok: true });
  expect(release.git('rev-parse', 'HEAD')).toBe(head);
});

it('says what git refuses (FORGE-L006)', async () => {
  release.version();
  hook('echo "not on Fridays" >&2; exit 1');
  const refused = await commitStage.run(release.context);
  expect(refused).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L006' }] });
  expect(JSON.stringify(refused)).toContain('not on Fridays');
});

it('takes no commit that a hook made another one of (FORGE-L005)', async () => {
  release.version();
  hook('echo "# more" >> a.toml; git add a.toml');
  const refused = await commitStage.run(release.context);
  expect(refused).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L005' }] });
});

it('commits nothing that was changed after it was written (FORGE-L004)', async () => {
  release.write('a.toml', 'version = 1.1.0 # mine\n');
  const refused = await commitStage.run(release.context);
  expect(refused).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L004' }] });
  expect(release.git('rev-parse', 'HEAD')).toBe(release.store.planned.head);
});

it('is not versioned on top of a commit that was not planned from (FORGE-L005)', async () => {
  release.git('commit', '--quiet', '--allow-empty', '--message', 'mine');
  const refused = await versionStage.run(release.context);
  expect(refused).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L005' }] });
});
