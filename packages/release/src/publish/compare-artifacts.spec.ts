import { copyFileSync } from 'node:fs';
import type { Artifact } from '@forge/ecosystems';
import type { PublishUnit } from '../plan/publish-unit';
import { compareArtifacts, isOpen } from './compare-artifacts';
import { runSteps } from './steps';
import { answer, app, toyContext, toyUnit, toyWorld, type ToyWorld } from './testing/toy-world';

async function publish(unit: PublishUnit, world: ToyWorld): Promise<void> {
  const result = await runSteps(unit, toyContext(world, { onDuplicate: 'fail' }));
  expect(result.kind).toBe('published');
  world.requests.splice(0);
}

describe('comparing artifacts with what is live', () => {
  let world: ToyWorld;

  beforeEach(() => {
    world = toyWorld();
  });

  it('downloads nothing when the digests agree', async () => {
    await publish(toyUnit(app), world);
    expect(await compareArtifacts(toyUnit(app), toyContext(world).ask)).toMatchObject({
      state: 'live',
      how: 'identical',
    });
    expect(world.requests).toEqual(['GET /packages/app']);
  });

  it('reads no file for a digest that its record has', async () => {
    const unit = toyUnit(app);
    await publish(unit, world);
    const artifacts = unit.artifacts.map((each) => ({ ...each, path: '/is/not/there' }));
    const live = await compareArtifacts({ ...unit, artifacts }, toyContext(world).ask);
    expect(live).toMatchObject({ state: 'live', how: 'identical' });
  });

  it('looks inside when they do not', async () => {
    await publish(toyUnit(app, { a: '1', b: '2' }), world);
    const rebuilt = toyUnit(app, { b: '2', a: '1' });
    expect(await compareArtifacts(rebuilt, toyContext(world).ask)).toMatchObject({
      how: 'same content',
    });
    expect(world.requests).toEqual(['GET /packages/app', 'GET /files/app-1.2.0.toy']);
  });

  it.each([
    ['a member more', { a: '1', b: '2' }],
    ['a member less', {}],
    ['another member', { b: '1' }],
    ['another content', { a: '2' }],
  ])('takes %s for drift', async (_, members) => {
    await publish(toyUnit(app, { a: '1' }), world);
    expect(await compareArtifacts(toyUnit(app, members), toyContext(world).ask)).toMatchObject({
      state: 'drifted',
      detail: expect.stringMatching(
        /^app-1\.2\.0\.toy has other content in the registry \(packed: sha256 \w{64}, live: sha256 \w{64}\)$/,
      ),
    });
  });

  it('is open for what is not there, in whole or in part', async () => {
    const unit = toyUnit(app);
    expect(isOpen(await compareArtifacts(unit, toyContext(world).ask))).toBe(true);
    await publish(unit, world);
    const [first] = unit.artifacts as [Artifact];
    const second = { ...first, filename: 'app-1.2.0-arm.toy', path: `${first.path}-arm` };
    copyFileSync(first.path, second.path);
    const live = await compareArtifacts(
      { ...unit, artifacts: [first, second] },
      toyContext(world).ask,
    );
    expect(live).toEqual({ state: 'partial', missing: [second] });
    expect(isOpen(live)).toBe(true);
  });

  it.each([404, 500, 0])('knows nothing when the live file answers %i', async (status) => {
    await publish(toyUnit(app, { a: '1' }), world);
    world.fault = ({ url }) => (url.includes('/files/') ? answer(status, 'gone') : undefined);
    const live = await compareArtifacts(toyUnit(app, { a: '2' }), toyContext(world).ask);
    expect(live).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('/files/app-1.2.0.toy answers'),
    });
    expect(isOpen(live)).toBe(false);
  });
});
