import type { HttpResponse } from '@forge/ecosystems';
import type { PublishUnit } from '../plan/publish-unit';
import type { LiveState } from './compare-artifacts';
import type { StepContext } from './step';
import { runSteps } from './steps';
import { answer, app, toyContext, toyUnit, toyWorld, type ToyWorld } from './testing/toy-world';

const soon = { uploadWithin: 1000, visibleWithin: 1000, retryWithin: 10_000, limitWithin: 1000 };

function publish(
  unit: PublishUnit,
  world: ToyWorld,
  onDuplicate: StepContext['onDuplicate'],
  seen?: LiveState,
) {
  return runSteps(
    unit,
    toyContext(world, { onDuplicate, seen: new Map(seen && [[unit, seen]]), deadlines: soon }),
  );
}

/** The registry's answer to the first request with this method. */
function answering(method: string, response: HttpResponse): ToyWorld {
  const world = toyWorld();
  world.fault = (request) => (request.method === method ? response : undefined);
  return world;
}

const upload = 'PUT /packages/app/1.2.0';

describe('publishing a package', () => {
  it('uploads it, waits until it is visible and says where it is', async () => {
    const world = toyWorld();
    const result = await publish(toyUnit(app), world, 'warn');
    expect(result).toEqual({
      kind: 'published',
      url: expect.stringMatching(/\/files\/app-1\.2\.0\.toy$/),
    });
    expect(world.requests.filter((request) => request.startsWith('PUT'))).toEqual([upload]);
  });

  it('does nothing in a dry run but ask', async () => {
    const world = toyWorld({ dryRun: true });
    expect(await publish(toyUnit(app), world, 'warn')).toEqual({ kind: 'would-publish' });
    expect(world.requests).toEqual(['GET /packages/app']);
  });

  it('asks once for what is uploaded, and once whether it is visible', async () => {
    const world = toyWorld();
    await publish(toyUnit(app), world, 'warn');
    expect(world.requests).toEqual(['GET /packages/app', upload, 'GET /packages/app']);
  });

  it('asks again before the upload: somebody else may have been faster', async () => {
    const world = toyWorld();
    const unit = toyUnit(app);
    await publish(unit, world, 'warn');
    await world.sleep(5000);
    world.requests.splice(0);
    const result = await publish(unit, world, 'warn', { state: 'absent' });
    expect(result).toMatchObject({ kind: 'already-there' });
    expect(world.requests).toEqual(['GET /packages/app']);
  });

  it('believes what it has seen a moment ago; the registry knows whether somebody else was faster', async () => {
    const world = toyWorld();
    const unit = toyUnit(app);
    await publish(unit, world, 'warn');
    world.requests.splice(0);
    const result = await publish(unit, world, 'warn', { state: 'absent' });
    expect(result).toMatchObject({ kind: 'published' });
    expect(world.requests).toEqual(['PUT /packages/app/1.2.0', 'GET /packages/app']);
  });

  it.each<[LiveState, object]>([
    [{ state: 'live', how: 'identical' }, { kind: 'already-there' }],
    [{ state: 'drifted', detail: 'other content' }, { kind: 'drifted' }],
    [{ state: 'unknown', reason: 'no answer' }, { error: { code: 'FORGE-P004' } }],
  ])('asks for nothing when the run has seen $state', async (seen, expected) => {
    const world = toyWorld();
    expect(await publish(toyUnit(app), world, 'warn', seen)).toMatchObject(expected);
    expect(world.requests).toEqual([]);
  });

  it('asks for nothing again in a dry run, as no upload follows', async () => {
    const world = toyWorld({ dryRun: true });
    const result = await publish(toyUnit(app), world, 'warn', { state: 'absent' });
    expect(result).toEqual({ kind: 'would-publish' });
    expect(world.requests).toEqual([]);
  });

  it('fails when the version does not become visible (FORGE-P006)', async () => {
    const result = await publish(toyUnit(app), answering('PUT', answer(201)), 'warn');
    expect(result).toMatchObject({ kind: 'failed', error: { code: 'FORGE-P006' } });
  });

  it('waits for an index that is behind', async () => {
    const world = toyWorld();
    world.fault = ({ method }) =>
      method === 'GET' && world.requests.includes(upload) && world.now() < 500
        ? answer(404)
        : undefined;
    expect(await publish(toyUnit(app), world, 'warn')).toMatchObject({ kind: 'published' });
    expect(world.now()).toBeGreaterThan(500);
  });

  it.each([
    [401, 'FORGE-P001'],
    [403, 'FORGE-P008'],
    [422, 'FORGE-P002'],
  ])('fails with the reason when the registry answers %i (%s)', async (status, code) => {
    const result = await publish(toyUnit(app), answering('PUT', answer(status, 'because')), 'warn');
    expect(result).toMatchObject({
      kind: 'failed',
      error: { code, what: expect.stringMatching(/`toy:app@1\.2\.0` .*: because/) },
    });
  });

  it.each([0, 401, 429, 500, 503])(
    'takes an answer of %i for unknown and uploads nothing (FORGE-P004)',
    async (status) => {
      const world = answering('GET', answer(status));
      const result = await publish(toyUnit(app), world, 'warn');
      expect(result).toMatchObject({ kind: 'failed', error: { code: 'FORGE-P004' } });
      expect(world.requests).not.toContain(upload);
    },
  );
});

describe('publishing again', () => {
  const members = { 'a.txt': 'a', 'b.txt': 'b' };
  let world: ToyWorld;

  beforeEach(async () => {
    world = toyWorld();
    await publish(toyUnit(app, members), world, 'warn');
  });

  it('the same bytes is done', async () => {
    const result = await publish(toyUnit(app, members), world, 'fail');
    expect(result).toMatchObject({ kind: 'already-there', how: 'identical' });
  });

  it('the same content in another order is done', async () => {
    const rebuilt = toyUnit(app, { 'b.txt': 'b', 'a.txt': 'a' }, true);
    const result = await publish(rebuilt, world, 'fail');
    expect(result).toMatchObject({ kind: 'already-there', how: 'same content' });
  });

  it.each(['skip', 'warn'] as const)('other content is drift, told with %s', async (policy) => {
    const other = toyUnit(app, { ...members, 'b.txt': 'c' });
    expect(await publish(other, world, policy)).toMatchObject({
      kind: 'drifted',
      detail: expect.stringMatching(
        /^app-1\.2\.0\.toy has other content in the registry \(packed: /,
      ),
    });
  });

  it('other content is an error with `fail` and in a planned release (FORGE-P003)', async () => {
    const other = { ...members, 'c.txt': 'c' };
    const failed = { kind: 'failed', error: { code: 'FORGE-P003' } };
    expect(await publish(toyUnit(app, other), world, 'fail')).toMatchObject(failed);
    expect(await publish(toyUnit(app, other, true), world, 'skip')).toMatchObject(failed);
  });

  afterEach(() =>
    expect(world.requests.filter((request) => request.startsWith('PUT'))).toEqual([upload]),
  );
});
