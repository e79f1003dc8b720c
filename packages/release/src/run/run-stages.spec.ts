import { ForgeError } from '@forge/ecosystems';
import type { JournalEntry } from '../record/journal';
import { releaseState, type StageName } from '../record/release-state';
import { runStages } from './run-stages';
import { stageDone, type Stage, type StageContext } from './stage';

let entries: JournalEntry[];
let ran: string[];

const context = {
  progress: { stage: () => undefined },
  store: {
    state: () => releaseState(entries),
    journal: {
      append: (event: string, details: object) => entries.push({ at: '', event, ...details }),
    },
  },
} as unknown as StageContext;

const stage = (name: StageName, more: Partial<Stage> = {}): Stage => ({
  name,
  async run() {
    ran.push(name);
    return stageDone;
  },
  ...more,
});
const failing = (name: StageName): Stage =>
  stage(name, {
    async run() {
      ran.push(name);
      return { ok: false, problems: [new ForgeError('FORGE-L009', { what: 'no' })] };
    },
  });
const told = (): string[] =>
  entries.map(({ event, step = '', state = '', outcome = '' }) =>
    [event, step, state, outcome].filter(Boolean).join(' '),
  );

beforeEach(() => {
  entries = [];
  ran = [];
});

it('announces every stage before it runs, and ends', async () => {
  expect(await runStages([stage('version'), stage('commit')], context)).toEqual([]);
  expect(told()).toEqual([
    ...['step version begins', 'step version done', 'step commit begins', 'step commit done'],
    'end released',
  ]);
});

it('runs only what is not done', async () => {
  await runStages([stage('version'), failing('commit')], context);
  expect(await runStages([stage('version'), stage('commit')], context)).toEqual([]);
  expect(ran).toEqual(['version', 'commit', 'commit']);
});

it('stops at the first failure, but does what is right for the rest, again and again', async () => {
  const all = [
    failing('publish'),
    stage('tag', { runsAfterFailure: true }),
    stage('push'),
    stage('record'),
  ];
  expect((await runStages(all, context)).map(({ code }) => code)).toEqual(['FORGE-L009']);
  await runStages(all, context);
  expect(ran).toEqual(['publish', 'tag', 'publish', 'tag']);
  expect(told()).not.toContain('step tag done');
});

it('leaves out what the release has no use for', async () => {
  await runStages([stage('push', { isWanted: () => false })], context);
  expect([ran, told()]).toEqual([[], ['end released']]);
});
