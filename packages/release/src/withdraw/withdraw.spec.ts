import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, type Artifact } from '@forge/ecosystems';
import { answer, loadToys, toyUnit, toyWorld, type ToyWorld } from '../publish/testing/toy-world';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { openJournal } from '../record/journal';
import { isAgreed, notAgreed } from './agreement';
import { carryOut, withdrawalProblems } from './carry-out';
import { paceOf } from './pace';
import { planWithdrawal, type WithdrawalWish } from './plan-withdrawal';
import { dependentsFirst, subjectsNamed } from './subjects';
import { renderWithdrawal } from './withdrawal-plan';

const directory = mkdtempSync(join(tmpdir(), 'forge-withdraw-'));
afterAll(() => rmSync(directory, { recursive: true }));

const model = loadToys({
  'core/toy.pkg': 'name = core\nversion = 1.0.0\n',
  'app/toy.pkg': 'name = app\nversion = 1.0.0\nneeds = core path:../core\n',
  'cli/toy.pkg': 'name = cli\nversion = 1.0.0\nneeds = app path:../app\n',
});
const units = model.packages.map((node) => toyUnit(node));
const unitOf = ({ label }: { readonly label: string }): PublishUnit =>
  units.find((unit) => labelOf(unit) === label)!;
const wish = (more: Partial<WithdrawalWish> = {}): WithdrawalWish => ({
  ...{ act: 'yank', reason: 'it leaks', ways: [] },
  ...more,
});

/** A world in which all toys are published. */
async function published(): Promise<ToyWorld> {
  const world = toyWorld();
  for (const unit of units) {
    const [artifact] = unit.artifacts as readonly [Artifact];
    const url = `${unit.endpoints['api']}/packages/${unit.node.manifest.name}/1.0.0`;
    await world.request({ method: 'PUT', url, bodyFile: artifact.path });
  }
  world.requests.length = 0;
  return world;
}

const planFor = (world: ToyWorld, more: Partial<WithdrawalWish> = {}, publishedAt = 0) =>
  planWithdrawal(
    dependentsFirst(
      units.map((unit) => ({ unit, publishedAt })),
      model,
    ),
    wish(more),
    paceOf(world),
  );

let runs = 0;
async function run(world: ToyWorld, more: Partial<WithdrawalWish> = {}) {
  const plan = await planFor(world, more);
  const file = join(directory, `${(runs += 1)}.jsonl`);
  const problems = await carryOut(plan, unitOf, {
    ...{ world, pace: paceOf(world), wish: wish(more), journal: openJournal(file, world.now) },
    credentialOf: async () => ok({ token: 'secret-token' }),
    workDirOf: () => directory,
    onDone: () => undefined,
  });
  const changes = world.requests.filter((each) => !each.startsWith('GET'));
  return { plan, changes, problems, codes: problems.map(({ code }) => code), file };
}

it('takes dependents back before what they need, with a journal before every act', async () => {
  const { changes, codes, file } = await run(await published());
  expect(codes).toEqual([]);
  expect(changes).toEqual(
    ['cli', 'app', 'core'].map((name) => `POST /packages/${name}/1.0.0/hidden`),
  );
  const journal = readFileSync(file, 'utf8');
  expect(journal.match(/"state":"(\w+)"/g)).toHaveLength(6);
  expect(journal).not.toContain('secret-token');
});

it('finds done what is done, and brings it back again', async () => {
  const world = await published();
  await run(world);
  world.requests.length = 0;
  expect((await run(world)).changes).toEqual([]);
  const { plan, changes } = await run(world, { act: 'unyank' });
  expect(plan.steps.map(({ way }) => way?.name)).toEqual(['show', 'show', 'show']);
  expect(changes).toHaveLength(3);
});

it('prints until when more than the mildest is possible, the same text whoever asks', async () => {
  const world = await published();
  const text = renderWithdrawal(await planFor(world));
  expect(text).toContain('Take back 3 packages, because: it leaks');
  expect(text).toContain('  1. toy:cli@1.0.0 at Toy registry\n     hide: nobody sees it\n');
  expect(text).toContain(
    'or --way break: nobody has it any more; possible until 1970-01-01 00:01 UTC',
  );
  expect(world.requests.every((each) => each.startsWith('GET'))).toBe(true);
});

it('takes the way that is asked for in its time only', async () => {
  const world = await published();
  const chosen = async () =>
    (await planFor(world, { ways: ['break'] })).steps.map(({ way }) => way?.name);
  expect(await chosen()).toEqual(['break', 'break', 'break']);
  await world.sleep(60_000);
  expect(await chosen()).toEqual(['hide', 'hide', 'hide']);
});

it('goes on with the others where a registry refuses one', async () => {
  const world = await published();
  world.fault = ({ method, url }) =>
    method === 'POST' && url.includes('/app/') ? answer(403, 'not yours') : undefined;
  const { codes, problems, changes } = await run(world);
  expect(codes).toEqual(['FORGE-W010']);
  expect(problems[0]?.render()).toContain('not yours');
  expect(changes).toHaveLength(3);
});

it('waits where a registry asks to, and tries again', async () => {
  const world = await published();
  let left = 2;
  world.fault = ({ method }) =>
    method === 'POST' && (left -= 1) >= 0 ? answer(429, '', { 'retry-after': '40' }) : undefined;
  const { codes, changes } = await run(world);
  expect(codes).toEqual([]);
  expect(changes).toHaveLength(5);
  expect(world.now()).toBeGreaterThanOrEqual(80_000);
});

it('does not wait for a day', async () => {
  const world = await published();
  world.fault = ({ method }) =>
    method === 'POST' ? answer(429, 'come back', { 'retry-after': '86400' }) : undefined;
  const { codes, problems, changes } = await run(world);
  expect(codes).toEqual(['FORGE-W010', 'FORGE-W010', 'FORGE-W010']);
  expect(problems.map(({ frame }) => frame)).toEqual([
    'come back',
    'its turn comes in 24 h',
    'its turn comes in 24 h',
  ]);
  expect(changes).toHaveLength(1);
});

it('finds done what was done by an act whose answer never came', async () => {
  const world = await published();
  world.fault = (request) => {
    if (request.method !== 'POST') return undefined;
    world.pass(request);
    return answer(502);
  };
  const { codes, changes } = await run(world);
  expect(codes).toEqual([]);
  expect(changes).toHaveLength(3);
});

it('does not take the word of a registry that shows the version as before', async () => {
  const world = await published();
  world.fault = ({ method }) => (method === 'POST' ? answer(200) : undefined);
  expect((await run(world)).codes).toEqual(['FORGE-W011', 'FORGE-W011', 'FORGE-W011']);
});

it('changes nothing where it is not known how a version stands', async () => {
  const world = await published();
  world.fault = () => answer(503);
  const { codes, changes, plan } = await run(world);
  expect(codes).toEqual(['FORGE-W007', 'FORGE-W007', 'FORGE-W007']);
  expect(changes).toEqual([]);
  expect(plan.steps.every(({ state }) => state === 'impossible')).toBe(true);
});

it('says what a person has to do', async () => {
  const plan = await planFor(await published());
  const byHand = { url: 'http://127.0.0.1:9/manage', steps: 'Options → Yank' };
  const steps = plan.steps.map((step) => ({
    ...step,
    way: { ...step.way!, byHand },
    state: 'by hand' as const,
  }));
  expect(renderWithdrawal({ ...plan, steps })).toContain(
    'by hand: http://127.0.0.1:9/manage (Options → Yank)',
  );
  const tools = {
    ...{
      world: toyWorld(),
      pace: paceOf(toyWorld()),
      wish: wish(),
      workDirOf: () => directory,
      onDone: () => undefined,
    },
    journal: openJournal(join(directory, 'by-hand.jsonl'), () => 0),
    credentialOf: async () => ok({ token: '' }),
  };
  const problems = await carryOut({ ...plan, steps }, unitOf, tools);
  expect(problems.map(({ code }) => code)).toEqual(['FORGE-W012', 'FORGE-W012', 'FORGE-W012']);
  expect(await withdrawalProblems({ ...plan, steps }, unitOf, tools.credentialOf)).toEqual([]);
});

it('is agreed to by a person, who hears what cannot be undone', async () => {
  const asked: string[] = [];
  const ask = async (question: string) => asked.push(question) > 0;
  const world = await published();
  const plan = await planFor(world, { ways: ['break'] });
  expect(await isAgreed(plan, ask)).toBe(true);
  expect(asked).toEqual(['yank 3 packages? For 3 packages it cannot be undone.']);
  expect(await isAgreed(plan, undefined)).toBe(false);
  expect(notAgreed(plan)).toMatchObject({ code: 'FORGE-W008' });
  await run(world);
  expect(await isAgreed(await planFor(world), undefined)).toBe(true);
});

describe('names', () => {
  const named = (...names: readonly string[]) =>
    subjectsNamed(names, model, ({ ecosystem }) => ecosystem.publicEndpoints);

  it('may have the ecosystem before them and any version behind', () => {
    const found = named('toy:app@0.9.0', 'core@1.0.0');
    expect(found.ok && found.value.map(labelOf)).toEqual(['toy:app@0.9.0', 'toy:core@1.0.0']);
  });

  it.each(['app', 'nobody@1.0.0', 'other:app@1.0.0'])('%s is not known', (name) => {
    const found = named(name, 'core@1.0.0');
    expect(!found.ok && found.problems.map(({ code }) => code)).toEqual(['FORGE-W009']);
  });
});
