import type { PlannedPackage } from '../plan/release-plan';
import { tagStage } from './tag-stage';
import { cutOffRelease, type CutOffRelease } from './testing/cut-off-release';

let release: CutOffRelease;
afterEach(() => release.remove());

const tags = [
  { name: 'a@1.1.0', version: '1.1.0', subject: 'a', packages: ['toy:a@1.1.0'] },
  { name: 'b@1.1.0', version: '1.1.0', subject: 'b', packages: ['toy:a@1.1.0', 'toy:b@1.1.0'] },
];
const live = (label: string): void =>
  release.store.journal.append('step', { step: 'publish', subject: label, state: 'done' });

beforeEach(() => {
  release = cutOffRelease({ tags });
});

it('sets what is live as a whole, on the commit of the release, and the rest later', async () => {
  const commit = release.commit();
  release.git('commit', '--quiet', '--allow-empty', '--message', 'mine');
  live('toy:a@1.1.0');
  expect(await tagStage.run(release.context)).toEqual({ ok: true });
  expect(release.git('tag')).toBe('a@1.1.0');
  live('toy:b@1.1.0');
  await tagStage.run(release.context);
  expect(release.git('tag')).toBe('a@1.1.0\nb@1.1.0');
  expect(release.git('rev-parse', 'a@1.1.0^{commit}', 'b@1.1.0^{commit}')).toBe(
    `${commit}\n${commit}`,
  );
  expect(release.git('cat-file', '-t', 'a@1.1.0')).toBe('tag');
});

it('says in the tag what was released where, when, and with which digests', async () => {
  release.remove();
  const packages = [
    { ecosystem: 'toy', project: 'a', name: 'a', to: '1.1.0', wave: 1 },
  ] as unknown as PlannedPackage[];
  release = cutOffRelease({ tags, plan: { formatVersion: 2, packages, edits: [] } });
  release.commit();
  const file = { ecosystem: 'toy', package: 'a', filename: 'a-1.1.0.toy', sha256: 'ab12' };
  const { journal } = release.store;
  journal.append('step', { step: 'package', subject: 'a', state: 'done', artifacts: [file] });
  journal.append('step', {
    ...{ step: 'publish', subject: 'toy:a@1.1.0', state: 'done', outcome: 'published' },
    registry: 'https://me:secret@registry.example:8443/toy',
  });
  await tagStage.run(release.context);
  expect(release.git('for-each-ref', '--format=%(contents)', 'refs/tags/a@1.1.0')).toBe(
    [
      'a 1.1.0\n',
      'toy a 1.1.0',
      '  registry:registry.example:8443  1970-01-01T00:00:00.000Z',
      '  sha256:ab12  a-1.1.0.toy',
    ].join('\n'),
  );
});

it('is content with a tag that is there, and not with one that stands elsewhere (FORGE-L010)', async () => {
  release.commit();
  release.git('tag', 'a@1.1.0');
  release.git('tag', 'b@1.1.0', 'HEAD~1');
  live('toy:a@1.1.0');
  live('toy:b@1.1.0');
  const result = await tagStage.run(release.context);
  expect(result).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L010' }] });
  expect(release.store.state().steps.at(-1)).toMatchObject({ subject: 'b@1.1.0', state: 'failed' });
});

it('goes on behind a tag that git refuses (FORGE-L007)', async () => {
  release.commit();
  release.git('tag', 'a@1.1.0/in-the-way');
  live('toy:a@1.1.0');
  live('toy:b@1.1.0');
  const result = await tagStage.run(release.context);
  expect(result).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L007' }] });
  expect(release.git('tag', '--list', 'b@*')).toBe('b@1.1.0');
});
