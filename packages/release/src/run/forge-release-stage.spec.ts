import type { HttpRequest, HttpResponse } from '@forge/ecosystems';
import type { ForgeRelease } from '../record/planned-release';
import { forgeReleaseStage } from './forge-release-stage';
import { planForgeReleases, repositoryOf } from './plan-forge-releases';
import { forgeTokenProblems } from './forge-token';
import type { ChangelogEntry } from './nx-release';
import { cutOffRelease, type CutOffRelease } from './testing/cut-off-release';

const of = (provider: string): ForgeRelease => ({
  ...{ tag: 'a@1.1.0', title: 'a@1.1.0', body: '## 1.1.0', isPrerelease: false, provider },
  ...{ apiBaseUrl: 'http://127.0.0.1:9/api', repository: 'team/group/a' },
});
let release: CutOffRelease;
const environment = { ...process.env };
beforeEach(() => {
  for (const name of ['GITHUB_TOKEN', 'GH_TOKEN', 'GITLAB_TOKEN', 'GL_TOKEN', 'CI_JOB_TOKEN'])
    delete process.env[name];
});
afterEach(() => {
  process.env = { ...environment };
  release.remove();
});

/** Shows one release to a place that answers so; what it was asked. */
async function show(provider: string, answers: readonly (readonly [number, object?])[]) {
  release = cutOffRelease({ forgeReleases: [of(provider)] });
  const asked: HttpRequest[] = [];
  const rest = [...answers];
  const request = async (each: HttpRequest): Promise<HttpResponse> => {
    asked.push(each);
    const [status, body = {}] = rest.shift() ?? [500];
    return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
  };
  const result = await forgeReleaseStage.run({ ...release.context, world: { request } as never });
  return { result, asked: asked.map(({ method, url }) => `${method} ${url}`), requests: asked };
}

const github = 'http://127.0.0.1:9/api/repos/team/group/a/releases';
const gitlab = 'http://127.0.0.1:9/api/projects/team%2Fgroup%2Fa/releases';

describe('a release is shown', () => {
  it('by GitHub, anew', async () => {
    process.env['GH_TOKEN'] = 'secret';
    const { result, asked, requests } = await show('github', [[404], [201]]);
    expect(result).toEqual({ ok: true });
    expect(asked).toEqual([`GET ${github}/tags/a%401.1.0`, `POST ${github}`]);
    expect(requests[1]).toMatchObject({ secretHeaders: { authorization: 'Bearer secret' } });
    expect(JSON.parse(requests[1]?.body ?? '')).toMatchObject({
      tag_name: 'a@1.1.0',
      body: '## 1.1.0',
    });
  });

  it('by GitHub, where it is there already', async () => {
    process.env['GITHUB_TOKEN'] = 'secret';
    const { asked } = await show('github', [[200, { id: 7 }], [200]]);
    expect(asked[1]).toBe(`PATCH ${github}/7`);
  });

  it('by GitLab, with the token of a job', async () => {
    process.env['CI_JOB_TOKEN'] = 'secret';
    const { asked, requests } = await show('gitlab', [[404], [201]]);
    expect(asked).toEqual([`GET ${gitlab}/a%401.1.0`, `POST ${gitlab}`]);
    expect(requests[0]).toMatchObject({ secretHeaders: { 'job-token': 'secret' } });
  });

  it('not again', async () => {
    process.env['GITHUB_TOKEN'] = 'secret';
    await show('github', [[404], [201]]);
    const again = await forgeReleaseStage.run({ ...release.context, world: {} as never });
    expect(again).toEqual({ ok: true });
  });
});

describe('FORGE-L013', () => {
  it('tells what the place answers', async () => {
    process.env['GITHUB_TOKEN'] = 'secret';
    const { result } = await show('github', [[404], [403, { message: 'not allowed' }]]);
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L013' }] });
    expect(JSON.stringify(result)).toContain('not allowed');
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('takes no outage for "not there"', async () => {
    process.env['GITHUB_TOKEN'] = 'secret';
    const { result, asked } = await show('github', [[503]]);
    expect([result.ok, asked]).toEqual([false, [expect.stringMatching(/^GET /)]]);
  });

  it('names the tokens that lack, once for a repository', async () => {
    const { result, asked } = await show('gitlab', []);
    expect([result.ok, asked]).toEqual([false, []]);
    const [problem, ...more] = forgeTokenProblems([of('gitlab'), of('gitlab')]);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code: 'FORGE-L013',
      fix: expect.stringContaining('GITLAB_TOKEN'),
    });
  });
});

describe('where it is shown', () => {
  const entry = (createRelease: unknown): ChangelogEntry => ({
    ...{ file: undefined, version: '1.1.0', tag: 'a@1.1.0', isPrerelease: false, contents: 'x' },
    group: { changelog: { createRelease } } as unknown as NonNullable<ChangelogEntry['group']>,
  });

  it('follows from nx.json and the remote', async () => {
    release = cutOffRelease();
    release.git('remote', 'add', 'origin', 'git@git.example:team/a.git');
    const create = { provider: 'github-enterprise-server', hostname: 'git.example' };
    const planned = await planForgeReleases(
      release.root,
      [entry(create), entry(false)],
      undefined,
      'origin',
    );
    expect(planned).toMatchObject({
      ok: true,
      value: [{ repository: 'team/a', apiBaseUrl: 'https://git.example/api/v3', tag: 'a@1.1.0' }],
    });
  });

  it('is refused where the remote is elsewhere (FORGE-L013), without its password', async () => {
    release = cutOffRelease();
    release.git('remote', 'add', 'origin', 'https://user:hunter2@git.example/team/a.git');
    const planned = await planForgeReleases(release.root, [entry('gitlab')], undefined, 'origin');
    expect(planned).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L013' }] });
    expect(JSON.stringify(planned)).not.toContain('hunter2');
  });

  it.each([
    ['https://github.com/team/a.git', 'team/a'],
    ['https://x:y@github.com/team/a', 'team/a'],
    ['ssh://git@github.com:22/team/group/a.git', 'team/group/a'],
    ['git@github.com:team/a.git', 'team/a'],
    ['https://notgithub.com/team/a', undefined],
    [undefined, undefined],
  ])('is read from %s', (url, repository) => {
    release = cutOffRelease();
    expect(repositoryOf(url, 'github.com')).toBe(repository);
  });
});
