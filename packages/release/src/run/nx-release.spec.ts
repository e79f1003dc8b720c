import { ForgeError, problemsError } from '@forge/ecosystems';
import { versionByNx } from './nx-release';

const releaseVersion = jest.fn();
jest.mock('nx/release', () => ({
  releaseVersion: (...args: unknown[]) => releaseVersion(...args),
}));
jest.mock('../version/version-session', () => ({ sessionAt: async () => undefined }));

const version = () => versionByNx('/nowhere', { specifier: 'patch' }, { dryRun: true });

it('leaves git to the release, and tells Nx what was asked', async () => {
  releaseVersion.mockResolvedValueOnce({ projectsVersionData: { a: { newVersion: null } } });
  expect(await version()).toMatchObject({ ok: true, value: { release: undefined, written: [] } });
  expect(releaseVersion).toHaveBeenCalledWith({
    ...{ specifier: 'patch', dryRun: true, deleteVersionPlans: false },
    ...{ gitCommit: false, gitTag: false, gitPush: false, stageChanges: false },
  });
});

it('says what stops Nx, with what it said before (FORGE-L002)', async () => {
  releaseVersion.mockImplementationOnce(async () => {
    process.stdout.write('reading things\n');
    throw new Error('no tag');
  });
  const refused = await version();
  expect(refused).toMatchObject({
    problems: [{ code: 'FORGE-L002', what: 'Nx stops: no tag', frame: 'reading things' }],
  });
});

it('passes on what is ours', async () => {
  const problem = new ForgeError('FORGE-M001', { what: 'empty' });
  releaseVersion.mockRejectedValueOnce(problemsError([problem]));
  expect(await version()).toEqual({ ok: false, problems: [problem] });
});

it('does not take projects that somebody else versioned for nothing (FORGE-L002)', async () => {
  releaseVersion.mockResolvedValueOnce({ projectsVersionData: { a: { newVersion: '1.0.1' } } });
  expect(await version()).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L002' }] });
});
