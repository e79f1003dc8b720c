import { tmpdir } from 'node:os';
import { createLoopbackWorld } from '../effects/loopback-world';
import { createWorld } from '../effects/world';
import { buildWorld } from './build-world';

const names = ['FORGE_TEST_FLAGS', 'FORGE_TEST_OTHER', 'FORGE_TEST_OFFLINE', 'FORGE_TEST_OWN'];
const print = `console.log(${JSON.stringify(names)}.map((name) => process.env[name] ?? '-').join())`;
const command = {
  ...{ program: process.execPath, args: ['-e', print], cwd: tmpdir() },
  env: { FORGE_TEST_OWN: 'recipe' },
};
const environment = {
  passEnv: ['FORGE_TEST_FLAGS'],
  env: { FORGE_TEST_OFFLINE: 'true', FORGE_TEST_OWN: 'user' },
};

beforeAll(() => {
  process.env['FORGE_TEST_FLAGS'] = '-O2';
  process.env['FORGE_TEST_OTHER'] = 'not named';
});
afterAll(() => names.forEach((name) => delete process.env[name]));

it('shows builds what was named and given, and leaves what a recipe sets', async () => {
  const { stdout } = await buildWorld(createWorld({ dryRun: false }), environment).build(command);
  expect(stdout.trim()).toBe('-O2,-,true,recipe');
});

it('shows uploads nothing of it', async () => {
  const world = buildWorld(createWorld({ dryRun: false }), environment);
  expect((await world.upload(command)).stdout.trim()).toBe('-,-,-,recipe');
});

it('takes nothing of the caller into a rehearsal', async () => {
  const loopback = createLoopbackWorld({ home: tmpdir(), toolchains: {} });
  const { stdout } = await buildWorld(loopback, environment).build(command);
  expect(stdout.trim()).toBe('-,-,true,recipe');
});
