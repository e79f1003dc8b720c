import { loadToys } from '../publish/testing/toy-world';
import { recordedEndpoints, withRecorded } from './recorded-endpoints';

const model = loadToys({ 'core/toy.pkg': 'name = core\nversion = 1.0.0\n' });
const [node] = model.packages as [(typeof model.packages)[number]];
const elsewhere = { api: 'http://127.0.0.1:1/toy' };
const published = (endpoints: typeof elsewhere) =>
  new Map([['toy:core@1.0.0', { label: 'toy:core@1.0.0', at: 0, endpoints }]]);
const { publicEndpoints } = node.ecosystem;

beforeEach(() => void delete process.env['FORGE_REGISTRY']);

it('a version is where it went, every other one where it would go now', () => {
  const of = recordedEndpoints(published(elsewhere), {});
  expect([of(node, '1.0.0'), of(node, '2.0.0')]).toEqual([elsewhere, publicEndpoints]);
});

it('a server that is given now is asked all the same', () => {
  const of = recordedEndpoints(published(elsewhere), { registry: 'http://127.0.0.1:2' });
  expect(of(node, '1.0.0')).toEqual({ api: 'http://127.0.0.1:2/toy' });
});

it('the public registry is known again, though a journal has only a copy of its address', () => {
  const of = recordedEndpoints(published({ ...publicEndpoints } as typeof elsewhere), {});
  expect(of(node, '1.0.0')).toBe(publicEndpoints);
});

it('another registry gets no token but that of given ones', () => {
  const unit = { node, version: '1.0.0', artifacts: [], planned: false };
  const moved = withRecorded({}, [{ ...unit, endpoints: elsewhere }]).destinations;
  expect(moved?.of(node)).toMatchObject({ endpoints: elsewhere, env: ['FORGE_TOKEN'] });
  const same = withRecorded({}, [{ ...unit, endpoints: publicEndpoints }]).destinations;
  expect(same?.of(node)).toBeUndefined();
});
