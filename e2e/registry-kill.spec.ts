import { killUnderLoad } from './support/load/kill-under-load';

it('a registry that is killed while eight people publish keeps every version that it acknowledged, whole', async () => {
  const survived = await killUnderLoad({ publishers: 8, points: 2, loadMs: 3_000 });
  expect(survived).toMatchObject({ lost: [], halves: [], complaints: [] });
  expect(survived.acknowledged).toBeGreaterThan(8);
}, 120_000);
