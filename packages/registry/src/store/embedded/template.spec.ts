import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packCluster, type ClusterImage } from './cluster-image';
import { loadFrom } from './template';
import { templatePlaces, type TemplatePlace } from './template-places';

const name = 'pglite-0.0.0-0123456789abcdef.cluster';

let directory: string;
let image: ClusterImage;
let notWritable: TemplatePlace;
let cache: TemplatePlace;
let file: string;
beforeEach(async () => {
  directory = fs.mkdtempSync(path.join(tmpdir(), 'forge-template-'));
  fs.mkdirSync(path.join(directory, 'cluster/base'), { recursive: true });
  fs.writeFileSync(path.join(directory, 'cluster/base/PG_VERSION'), '18');
  image = await packCluster(path.join(directory, 'cluster'));
  fs.writeFileSync(path.join(directory, 'no-directory'), '');
  notWritable = { directory: path.join(directory, 'no-directory/.cache/forge'), isOurs: false };
  cache = { directory: path.join(directory, 'cache/forge'), isOurs: true };
  file = path.join(cache.directory, name);
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

/** How often a template had to be made. */
async function made(places: readonly TemplatePlace[]): Promise<number> {
  const make = jest.fn(() => Promise.resolve(image));
  expect(Buffer.from(await loadFrom(places, name, make))).toEqual(Buffer.from(image));
  return make.mock.calls.length;
}

it('is kept for the user alone where the installed code cannot be written', async () => {
  expect(await made([notWritable, cache])).toBe(1);
  expect(fs.readdirSync(cache.directory)).toEqual([name]);
  const modes = [cache.directory, file].map((each) => fs.statSync(each).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600]);
  expect(await made([notWritable, cache])).toBe(0);
});

it('is kept beside the installed code where that can be, and nowhere else', async () => {
  const beside = { directory: path.join(directory, 'beside'), isOurs: false };
  expect(await made([beside, cache])).toBe(1);
  expect([fs.existsSync(path.join(beside.directory, name)), fs.existsSync(file)]).toEqual([
    true,
    false,
  ]);
  expect(await made([beside, cache])).toBe(0);
});

it('is made each time where it can be kept nowhere', async () => {
  expect(await made([notWritable])).toBe(1);
  expect(await made([notWritable])).toBe(1);
});

const others = 65534;
it.each<[string, () => void]>([
  ['half of one', () => fs.truncateSync(file, image.byteLength - 1)],
  ['an empty file', () => fs.truncateSync(file)],
  ['something else', () => fs.writeFileSync(file, 'no list, and no file of a cluster]')],
  ['what others can write', () => fs.chmodSync(file, 0o666)],
  [
    'a link to elsewhere',
    () => {
      fs.renameSync(file, path.join(directory, 'elsewhere'));
      fs.symlinkSync(path.join(directory, 'elsewhere'), file);
    },
  ],
])('in the cache of the user is not used, and put right, where it is %s', async (_, spoil) => {
  await made([cache]);
  spoil();
  expect(await made([cache])).toBe(1);
  expect(await made([cache])).toBe(0);
  expect(fs.lstatSync(file).isFile()).toBe(true);
});

it('in the cache of the user is not used where it is of somebody else', async () => {
  await made([cache]);
  const { uid } = fs.statSync(file);
  jest.spyOn(process, 'getuid').mockReturnValue(uid === others ? 0 : others);
  expect(await made([cache])).toBe(1);
  jest.restoreAllMocks();
});

it('drops those that nobody opened for a week, and nothing else', async () => {
  await made([cache]);
  const [old, foreign] = ['pglite-0.0.0-old.cluster', 'settings.json'].map((each) =>
    path.join(cache.directory, each),
  ) as [string, string];
  for (const each of [old, foreign]) {
    fs.writeFileSync(each, '');
    fs.utimesSync(each, new Date(0), new Date(0));
  }
  fs.rmSync(file);
  expect(await made([cache])).toBe(1);
  expect(fs.readdirSync(cache.directory).sort()).toEqual([name, 'settings.json']);
});

it.each([
  [{ XDG_CACHE_HOME: '/cache', HOME: '/home/alice' }, '/cache/forge'],
  [{ XDG_CACHE_HOME: 'cache', HOME: '/home/alice' }, '/home/alice/.cache/forge'],
  [{ XDG_CACHE_HOME: '', HOME: '/home/alice' }, '/home/alice/.cache/forge'],
  [{ XDG_CACHE_HOME: '', HOME: '' }, undefined],
])('has with %j its place at %s', (environment, expected) => {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  const [beside, user] = templatePlaces({ nodeModules: '/code/node_modules', version: '0.5.16' });
  process.env = before;
  expect(beside?.directory).toBe('/code/node_modules/.cache/forge-registry');
  expect(user?.directory).toBe(expected);
});
