import { join } from 'node:path';
import type { PublishUnit } from '../plan/publish-unit';
import type { PlannedRelease } from '../record/planned-release';
import { commitStage } from './commit-stage';
import { forgeReleaseStage } from './forge-release-stage';
import { journalOf } from './journal-of';
import { permitOnly } from './permit';
import { pushStage } from './push-stage';
import type { StageContext } from './stage';
import { tagStage } from './tag-stage';
import { cutOffRelease, type CutOffRelease } from './testing/cut-off-release';

const forgeRelease = {
  ...{ tag: 'a@1.1.0', title: 'a@1.1.0', body: '', isPrerelease: false, provider: 'github' },
  ...{ apiBaseUrl: 'http://127.0.0.1:9/api', repository: 'team/a' },
};
const tags = [{ name: 'a@1.1.0', version: '1.1.0', subject: 'a', packages: ['toy:a@1.1.0'] }];

let release: CutOffRelease;
let context: StageContext;
const requests: string[] = [];
const token = process.env['GITHUB_TOKEN'];
beforeEach(() => {
  process.env['GITHUB_TOKEN'] = 'secret';
  const push = { remote: 'origin', branch: 'main' };
  release = cutOffRelease({ tags, push, forgeReleases: [forgeRelease] });
  release.git('init', '--quiet', '--bare', join(release.root, '.forge/origin'));
  release.git('remote', 'add', 'origin', join(release.root, '.forge/origin'));
  const { push: _, ...rest } = release.store.planned;
  const shown: PlannedRelease = { ...rest, files: [], tags: [], forgeReleases: [] };
  const world = { request: (request: { url: string }) => void requests.push(request.url) };
  context = { ...release.context, permit: permitOnly(shown), world: world as never };
});
afterEach(() => {
  release.remove();
  if (token === undefined) delete process.env['GITHUB_TOKEN'];
  else process.env['GITHUB_TOKEN'] = token;
});

const stopped = expect.objectContaining({ code: 'FORGE-P009' });

describe('what the plan did not show is not done', () => {
  it('commit', async () => {
    release.version();
    await expect(commitStage.run(context)).rejects.toEqual(stopped);
    expect(release.git('log', '--format=%s')).toBe('Start');
  });

  it('tag', async () => {
    release.commit();
    release.store.journal.append('step', {
      ...{ step: 'publish', subject: 'toy:a@1.1.0', state: 'done' },
    });
    await expect(tagStage.run(context)).rejects.toEqual(stopped);
    expect(release.git('tag')).toBe('');
  });

  it('push', async () => {
    release.commit();
    await expect(pushStage.run(context)).rejects.toEqual(stopped);
    expect(release.git('ls-remote', 'origin')).toBe('');
  });

  it('forge release', async () => {
    await expect(forgeReleaseStage.run(context)).rejects.toEqual(stopped);
    expect(requests).toEqual([]);
  });

  it('upload', () => {
    const node = { ecosystem: { id: 'toy' }, manifest: { name: 'a' } };
    const unit = { node, version: '1.1.0', artifacts: [] } as unknown as PublishUnit;
    expect(() => journalOf(context).begins('upload', unit)).toThrow(stopped);
    expect(release.store.state().steps).toEqual([]);
  });
});
