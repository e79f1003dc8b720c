import type { Artifact } from '@forge/ecosystems';
import { digestsOf } from '../../packages/ecosystems/src/archive';
import { readFileSync } from 'node:fs';
import type { Deadlines } from '../../packages/release/src/configuration/deadlines';
import type { Faults, Treatment } from './fault-proxy';
import { pass } from './fault-proxy';
import { registryAnswers, type Case, type RegistryAnswer } from './registry-answers';

/** What a run has to end in; `done` is a success, whether the registry counts it as an upload or not. */
export interface Outcome {
  readonly kind: 'published' | 'done' | 'failed';
  /** Of a failure. */
  readonly code?: string;
  /** What the error says of the cause. */
  readonly cause?: RegExp;
}

/** One row of the matrix: what goes wrong, and what it has to end in. */
export interface Fault {
  readonly name: string;
  /** What somebody else has published under the version before. */
  readonly before?: 'same content' | 'other content';
  /** `now` is the clock of the run: milliseconds since the epoch. */
  faults(ecosystem: string, artifact: Artifact, now: () => number): Faults;
  readonly outcome: Outcome;
  /** Where an ecosystem differs, and why stands beside it. */
  readonly except?: Readonly<Record<string, Outcome>>;
  /** Versions in the registry afterwards. */
  readonly live: 0 | 1;
  /** No upload may be tried at all. */
  readonly untouched?: boolean;
  /** The record of acts is on a disk that is full. */
  readonly fullDisk?: boolean;
  /** Milliseconds that have to pass between the first two uploads. */
  readonly waits?: (ecosystem: string) => number;
  /** Milliseconds for one upload, and for tries. */
  readonly deadlines?: Partial<Deadlines>;
}

/** What goes on for ever is tried often enough to see pauses grow: every try starts a program. */
const fewTries = { retryWithin: 60_000 };

const published: Outcome = { kind: 'published' };
const failed = (code: string, cause: RegExp): Outcome => ({ kind: 'failed', code, cause });

/** In the words of the registry; those that speak differently of nothing do so in the same way. */
function inWordsOf(ecosystem: string, name: Case): RegistryAnswer {
  const answer = registryAnswers[ecosystem]?.[name];
  if (!answer) throw new Error(`there are no words of ${ecosystem} for ${name}`);
  return answer;
}

const says = (ecosystem: string, name: Case, after = false): Treatment => ({
  kind: 'answer',
  answer: inWordsOf(ecosystem, name),
  after,
});
const absent: Treatment = { kind: 'answer', answer: { status: 404, body: '' } };
const down: Treatment = { kind: 'answer', answer: { status: 503, body: 'in repair' } };

/** The first upload is treated so, and the next ones pass. */
const once = (treatment: Treatment) => (attempt: number) => (attempt === 1 ? treatment : pass);
const always = (treatment: Treatment) => () => treatment;
/** The first look of the run, and the one before the upload: somebody else is faster than both. */
const justBefore = (uploads: number, look: number): Treatment =>
  uploads === 0 && look <= 2 ? absent : pass;

/** The first pause after a 429 that does not say until when, and the one that the answers ask for. */
const [ownPause, askedPause] = [5000, 7000];

/**
 * Where the time gets through: Hex's API is asked by ourselves, and crates.io says it in words, which cargo 1.95
 * prints. npm 11, twine 7 and uv 0.13, cabal 3.4 and gem 3.3 show the header to nobody, nor does cargo with JSON.
 */
const handedOn: ReadonlySet<string> = new Set(['cargo', 'hex']);

/** A refused new project is refused for the day by PyPI: what comes and goes is the limit of whatever stands in front of it. */
function throttledOnce(ecosystem: string): Treatment {
  if (ecosystem !== 'pypi') return says(ecosystem, 'throttled');
  const { headers: _, ...answer } = inWordsOf(ecosystem, 'throttled-until');
  return { kind: 'answer', answer };
}

/** The time in words is whole seconds, and counts from the answer, not from when the case begins. */
function throttledUntil(ecosystem: string, now: () => number): Treatment {
  const answer = inWordsOf(ecosystem, 'throttled-until');
  const time = new Date(now() + askedPause + 1000).toUTCString();
  const body = answer.body.replace(/(try again after ).+? GMT/, `$1${time}`);
  return { kind: 'answer', answer: { ...answer, body } };
}

export const faults: readonly Fault[] = [
  { name: 'nothing', faults: () => ({}), outcome: published, live: 1 },
  {
    name: '401',
    faults: (id) => ({ upload: always(says(id, 'unauthorized')) }),
    outcome: failed('FORGE-P001', /a token was sent/),
    live: 0,
  },
  {
    name: '403, the name is owned by someone else',
    faults: (id) => ({ upload: always(says(id, 'not-owner')) }),
    outcome: failed('FORGE-P008', /owner|permission|isn't allowed|not authorized|maintainers/),
    live: 0,
  },
  {
    name: '409, the same content is live',
    before: 'same content',
    faults: () => ({ look: justBefore }),
    // Some registries take the same bytes again for a success; where one refuses them, digests decide.
    outcome: { kind: 'done' },
    live: 1,
  },
  {
    name: '409, other content is live',
    before: 'other content',
    faults: () => ({ look: justBefore }),
    outcome: failed('FORGE-P003', /packed: sha256 \w{64}, live: sha256 \w{64}/),
    live: 1,
  },
  {
    name: '409, nothing is live',
    faults: (id) => ({ upload: always(says(id, 'duplicate')) }),
    outcome: failed('FORGE-P015', /does not show the version/),
    live: 0,
  },
  {
    name: '429 once, without Retry-After',
    faults: (id) => ({ upload: once(throttledOnce(id)) }),
    outcome: published,
    waits: () => ownPause,
    live: 1,
  },
  {
    name: '429 once, with Retry-After',
    faults: (id, _, now) => ({
      upload: (attempt) => (attempt === 1 ? throttledUntil(id, now) : pass),
    }),
    outcome: published,
    waits: (id) => (handedOn.has(id) ? askedPause : ownPause),
    live: 1,
  },
  {
    name: '429 for ever',
    faults: (id) => ({ upload: always(says(id, 'throttled')) }),
    outcome: failed('FORGE-P012', /429|limit|too many|retry later/i),
    deadlines: fewTries,
    live: 0,
  },
  {
    name: '500 before the commit',
    faults: (id) => ({ upload: once(says(id, 'broken')) }),
    outcome: published,
    live: 1,
  },
  {
    name: '500 after the commit',
    faults: (id) => ({ upload: once(says(id, 'broken', true)) }),
    outcome: published,
    live: 1,
  },
  {
    name: '500 for ever',
    faults: (id) => ({ upload: always(says(id, 'broken')) }),
    outcome: failed('FORGE-P004', /tried \d+ times/),
    deadlines: fewTries,
    live: 0,
  },
  {
    name: 'a connection cut before the commit',
    faults: () => ({ upload: once({ kind: 'cut' }) }),
    outcome: published,
    live: 1,
  },
  {
    name: 'a connection cut after the commit',
    faults: () => ({ upload: once({ kind: 'cut', after: true }) }),
    outcome: published,
    live: 1,
  },
  {
    name: 'a slow answer',
    faults: () => ({ upload: once({ kind: 'pass', delay: 1500 }) }),
    outcome: published,
    live: 1,
  },
  {
    name: 'no answer after the commit',
    faults: () => ({ upload: once({ kind: 'hang', after: true }) }),
    outcome: published,
    deadlines: { uploadWithin: 6000 },
    live: 1,
  },
  {
    name: 'delayed visibility',
    faults: () => ({ look: (uploads, look) => (uploads > 0 && look < 6 ? absent : pass) }),
    outcome: published,
    live: 1,
  },
  {
    name: 'an index that never shows the version',
    faults: () => ({ look: () => absent }),
    outcome: failed('FORGE-P006', /the version cannot be seen/),
    live: 1,
  },
  {
    name: 'a wrong digest',
    faults: (_, artifact) => ({
      look: (uploads) =>
        uploads > 0 ? { kind: 'pass', rewrite: (body) => withoutDigests(body, artifact) } : pass,
    }),
    outcome: failed('FORGE-P011', /it lists .* and serves sha256 \w{64}/),
    // Hackage lists no digest: what is wrong there is the file.
    except: { hackage: failed('FORGE-P010', /packed: sha256 \w{64}, live: sha256 \w{64}/) },
    live: 1,
  },
  {
    name: 'drifted content under the planned version',
    before: 'other content',
    faults: () => ({}),
    outcome: failed('FORGE-P003', /packed: sha256 \w{64}, live: sha256 \w{64}/),
    live: 1,
    untouched: true,
  },
  {
    name: 'an outage while it is asked what is there',
    faults: () => ({ look: () => down }),
    outcome: failed('FORGE-P004', /503/),
    live: 0,
    untouched: true,
  },
  {
    name: 'a full disk',
    fullDisk: true,
    faults: () => ({}),
    outcome: failed('FORGE-P014', /ENOSPC/),
    live: 0,
    untouched: true,
  },
];

/** Every digest of the artifact that stands in a text, replaced by another one; an archive gets another byte. */
function withoutDigests(body: string, artifact: Artifact): string {
  const digests = digestsOf(readFileSync(artifact.path)).flatMap(({ value }) => [
    value,
    Buffer.from(value, 'hex').toString('base64'),
  ]);
  const clean = digests.reduce(
    (text, value) => text.replaceAll(value, `${value[0] === '0' ? '1' : '0'}${value.slice(1)}`),
    body,
  );
  return clean === body ? `${body.slice(0, -1)}\u0001` : clean;
}
