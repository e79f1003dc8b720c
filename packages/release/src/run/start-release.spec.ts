import { ok } from '@forge/ecosystems';
import { createWorld } from '../effects/world';
import { agree } from './agreement';
import { alone, requireUnfinished, unfinished } from './start-release';
import { cutOffRelease, type CutOffRelease } from './testing/cut-off-release';

const world = createWorld({ dryRun: false });
const note = (): void => undefined;
let release: CutOffRelease;
beforeEach(() => {
  release = cutOffRelease();
});
afterEach(() => release.remove());

it('finds the release that is not finished (FORGE-L003), and none after its end (FORGE-L012)', async () => {
  const found = () => alone(release.root, 'run', { world, note }, async (open) => ok(open));
  const open = await found();
  if (!open.ok || !open.value) throw new Error('nothing is found');
  expect(open.value.id).toBe(release.store.id);
  expect(unfinished(open.value)).toMatchObject({ code: 'FORGE-L003' });
  release.store.journal.append('end', { outcome: 'released' });
  const ended = await found();
  expect(ended).toEqual({ ok: true, value: undefined });
  expect(requireUnfinished(undefined)).toMatchObject({ problems: [{ code: 'FORGE-L012' }] });
});

it('lets nobody in while it works, and gives the lock back whatever happens', async () => {
  const inside = (): Promise<unknown> =>
    alone(release.root, 'resume', { world, note }, async () => ok(1));
  const outcome = alone(release.root, 'run', { world, note }, async () => {
    expect(await inside()).toMatchObject({ ok: false, problems: [{ code: 'FORGE-L001' }] });
    throw new Error('broken');
  });
  await expect(outcome).rejects.toThrow('broken');
  expect(await inside()).toMatchObject({ ok: true });
});

it('publishes nothing without a yes (FORGE-L011)', async () => {
  const ask = async (question: string): Promise<boolean> => question.includes('2 packages');
  expect(await agree(2, { yes: true, ask: undefined })).toMatchObject({ ok: true });
  expect(await agree(2, { yes: false, ask })).toMatchObject({ ok: true });
  for (const asked of [undefined, async () => false])
    expect(await agree(1, { yes: false, ask: asked })).toMatchObject({
      problems: [{ code: 'FORGE-L011', what: 'nobody has agreed to publish 1 package' }],
    });
});
