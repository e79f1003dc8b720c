import type { PublishLog } from './publish-log';
import { runSteps } from './steps';
import { answer, app, toyContext, toyUnit, toyWorld } from './testing/toy-world';

function recorder(told: string[]): PublishLog {
  return {
    begins: (step) => void told.push(`${step} begins`),
    ends: (step, _, { kind }) => void told.push(`${step} ${kind}`),
    waits: (_, milliseconds, why) => void told.push(`waits ${milliseconds} ms: ${why}`),
  };
}

describe('the log of publishing', () => {
  it('is told of every act before and after it', async () => {
    const world = toyWorld();
    const told: string[] = world.requests;
    await runSteps(toyUnit(app), toyContext(world, { log: recorder(told) }));
    expect(told).toEqual([
      'GET /packages/app',
      'upload begins',
      'PUT /packages/app/1.2.0',
      'upload done',
      'visible begins',
      'GET /packages/app',
      'visible published',
    ]);
  });

  it('is told once of an act that is tried several times, and of every pause', async () => {
    const world = toyWorld();
    world.fault = ({ method }) =>
      method === 'PUT' && world.now() === 0 ? answer(503, 'in repair') : undefined;
    const told: string[] = [];
    await runSteps(toyUnit(app), toyContext(world, { log: recorder(told) }));
    expect(told).toEqual([
      'upload begins',
      'waits 1000 ms: in repair',
      'upload done',
      'visible begins',
      'visible published',
    ]);
  });

  it('is told how an act failed', async () => {
    const world = toyWorld();
    world.fault = ({ method }) => (method === 'PUT' ? answer(403, 'not yours') : undefined);
    const told: string[] = [];
    await runSteps(toyUnit(app), toyContext(world, { log: recorder(told) }));
    expect(told).toEqual(['upload begins', 'upload failed']);
  });

  it('is told of nothing where nothing is done', async () => {
    const world = toyWorld();
    await runSteps(toyUnit(app), toyContext(world));
    const told: string[] = [];
    const log = recorder(told);
    await runSteps(toyUnit(app), toyContext(world, { log }));
    await runSteps(toyUnit(app), toyContext(toyWorld({ dryRun: true }), { log }));
    expect(told).toEqual([]);
  });

  it('keeps an act from happening when it cannot be written (FORGE-P014)', async () => {
    const world = toyWorld();
    const begins = (): void => {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    const log = { ...recorder([]), begins };
    expect(await runSteps(toyUnit(app), toyContext(world, { log }))).toMatchObject({
      kind: 'failed',
      error: { code: 'FORGE-P014', what: expect.stringContaining('no space left on device') },
    });
    expect(world.requests).toEqual(['GET /packages/app']);
  });
});
