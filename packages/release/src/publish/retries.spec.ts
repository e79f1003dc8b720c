import type { HttpRequest, HttpResponse } from '@forge/ecosystems';
import type { PublishUnit } from '../plan/publish-unit';
import { defaultDeadlines } from '../configuration/deadlines';
import { runSteps } from './steps';
import { answer, app, toyContext, toyUnit, toyWorld, type ToyWorld } from './testing/toy-world';

const minute = 60_000;
const isUpload = ({ method }: HttpRequest): boolean => method === 'PUT';

/** Answers uploads with these, one after the other, and lets the later ones through. */
function uploadsAnswered(...answers: readonly (HttpResponse | 'after commit')[]): ToyWorld {
  const world = toyWorld();
  const left = [...answers];
  world.fault = (request) => {
    if (!isUpload(request)) return undefined;
    const next = left.shift();
    if (next !== 'after commit') return next;
    world.pass(request);
    return answer(500, 'broken');
  };
  return world;
}

const publish = (world: ToyWorld, unit: PublishUnit = toyUnit(app)) =>
  runSteps(unit, toyContext(world));

const countUploads = ({ requests }: ToyWorld): number =>
  requests.filter((request) => request.startsWith('PUT')).length;

describe('an upload that gets no good answer', () => {
  it.each([500, 502, 503, 0])('is tried again after %i, once nothing was found', async (status) => {
    const world = uploadsAnswered(answer(status), answer(status));
    expect(await publish(world)).toMatchObject({ kind: 'published' });
    expect(world.requests.map((request) => request.slice(0, 3))).toEqual([
      'GET',
      'PUT',
      'GET',
      'PUT',
      'GET',
      'PUT',
      'GET',
    ]);
    // One second, then two.
    expect(world.now()).toBe(3000);
  });

  it('is not repeated when it was taken all the same', async () => {
    const world = uploadsAnswered('after commit');
    expect(await publish(world)).toMatchObject({ kind: 'published' });
    expect(countUploads(world)).toBe(1);
  });

  it('was taken, and the index shows it late: the refusal of the next try is no failure', async () => {
    const world = toyWorld();
    const unit = toyUnit(app);
    world.fault = (request) => {
      if (!isUpload(request)) return world.now() < 5000 ? answer(404) : undefined;
      if (countUploads(world) > 1) return answer(409, 'it exists');
      world.pass(request);
      return answer(500);
    };
    expect(await publish(world, unit)).toMatchObject({ kind: 'published' });
    expect(countUploads(world)).toBe(2);
  });

  it('ends when the time for it is over, after a last question (FORGE-P004)', async () => {
    const world = uploadsAnswered(...Array.from({ length: 99 }, () => answer(503, 'in repair')));
    const result = await publish(world);
    expect(result).toMatchObject({
      kind: 'failed',
      error: { code: 'FORGE-P004', what: expect.stringMatching(/in repair \(tried \d+ times\)$/) },
    });
    expect(world.requests.at(-1)).toMatch(/^GET/);
    expect(world.now()).toBeLessThanOrEqual(defaultDeadlines.retryWithin);
    expect(world.now()).toBeGreaterThan(defaultDeadlines.retryWithin - minute);
  });

  it('never goes up while the registry cannot say what is there', async () => {
    const world = toyWorld();
    let isDown = false;
    world.fault = (request) => {
      if (!isUpload(request)) return isDown && world.now() < minute ? answer(502) : undefined;
      if (isDown) return undefined;
      isDown = true;
      return answer(500);
    };
    expect(await publish(world)).toMatchObject({ kind: 'published' });
    expect(countUploads(world)).toBe(2);
    expect(world.now()).toBeGreaterThan(minute);
  });

  it('finds other content in place of its own (FORGE-P010)', async () => {
    const world = toyWorld();
    const other = toyUnit(app, { 'a.txt': 'theirs' });
    world.fault = (request) => {
      if (!isUpload(request)) return undefined;
      world.pass({ ...request, bodyFile: other.artifacts[0]?.path ?? '' });
      return answer(500);
    };
    expect(await publish(world)).toMatchObject({
      error: {
        code: 'FORGE-P010',
        what: expect.stringMatching(/packed: sha256 \w+, live: sha256/),
      },
    });
    expect(countUploads(world)).toBe(1);
  });
});

describe('an answer of 429', () => {
  it('is waited for as long as it says, before any further question', async () => {
    const world = uploadsAnswered(answer(429, 'slow down', { 'retry-after': '90' }));
    expect(await publish(world)).toMatchObject({ kind: 'published' });
    expect(countUploads(world)).toBe(2);
    expect(world.now()).toBe(90_000);
  });

  it('that names a time is waited for until then', async () => {
    const until = new Date(200_000).toUTCString();
    const world = uploadsAnswered(answer(429, 'slow down', { 'retry-after': until }));
    expect(await publish(world)).toMatchObject({ kind: 'published' });
    expect(world.now()).toBe(200_000);
  });

  it('without a time is waited for longer and longer', async () => {
    const world = uploadsAnswered(answer(429), answer(429), answer(429));
    expect(await publish(world)).toMatchObject({ kind: 'published' });
    expect(world.now()).toBe(35_000);
  });

  it('that asks for too much ends at once, and says when (FORGE-P012)', async () => {
    const world = uploadsAnswered(answer(429, 'slow down', { 'retry-after': '7200' }));
    expect(await publish(world)).toMatchObject({
      error: {
        code: 'FORGE-P012',
        what: expect.stringMatching(/slow down \(tried once\)$/),
        fix: expect.stringMatching(/^run again in 2 h/),
      },
    });
    expect(world.now()).toBe(0);
  });

  it('holds back every unit of the registry, and no other', async () => {
    const world = uploadsAnswered(answer(429, '', { 'retry-after': '60' }));
    const unit = toyUnit(app);
    const context = toyContext(world);
    await context.ask(unit, { method: 'GET', url: `${unit.endpoints['api']}/packages/app` });
    const first = runSteps(unit, context);
    await first;
    expect(context.gates(unit).held(59_000)).toBe(1000);
    const elsewhere = { node: app, endpoints: { api: 'http://127.0.0.1:5000/toy' } };
    expect(context.gates(elsewhere).held(0)).toBe(0);
  });
});

describe('a refusal because the version exists', () => {
  const refusing = (theirs?: PublishUnit): ToyWorld => {
    const world = toyWorld();
    world.fault = (request) => {
      if (!isUpload(request)) return undefined;
      if (theirs) world.pass({ ...request, bodyFile: theirs.artifacts[0]?.path ?? '' });
      return answer(409, 'it exists');
    };
    return world;
  };

  it('is done when the same bytes are live: somebody was faster', async () => {
    const unit = toyUnit(app);
    expect(await publish(refusing(unit), unit)).toMatchObject({
      kind: 'already-there',
      how: 'identical',
    });
  });

  it('is done when the same content is live', async () => {
    const members = { 'a.txt': 'a', 'b.txt': 'b' };
    const rebuilt = toyUnit(app, { 'b.txt': 'b', 'a.txt': 'a' });
    expect(await publish(refusing(rebuilt), toyUnit(app, members))).toMatchObject({
      kind: 'already-there',
      how: 'same content',
    });
  });

  it('is drift when other content is live, with both digests (FORGE-P003)', async () => {
    const world = refusing(toyUnit(app, { 'a.txt': 'theirs' }));
    expect(await publish(world, toyUnit(app, {}, true))).toMatchObject({
      error: {
        code: 'FORGE-P003',
        what: expect.stringMatching(/packed: sha256 \w{64}, live: sha256/),
      },
    });
  });

  it('means a number that is used up when nothing ever shows (FORGE-P015)', async () => {
    const world = refusing();
    expect(await publish(world)).toMatchObject({
      error: { code: 'FORGE-P015', what: expect.stringMatching(/it says `it exists`/) },
    });
    expect(world.now()).toBeLessThanOrEqual(minute);
  });
});

describe('a refusal for a reason that nobody understands', () => {
  const refusing = (theirs?: PublishUnit): ToyWorld => {
    const world = toyWorld();
    world.fault = (request) => {
      if (!isUpload(request)) return undefined;
      if (theirs) world.pass({ ...request, bodyFile: theirs.artifacts[0]?.path ?? '' });
      return answer(400, 'Bad Request');
    };
    return world;
  };

  it('is a duplicate when the version is live all the same', async () => {
    const unit = toyUnit(app);
    expect(await publish(refusing(unit), unit)).toMatchObject({ kind: 'already-there' });
    const other = toyUnit(app, { 'a.txt': 'theirs' });
    expect(await publish(refusing(other), toyUnit(app, {}, true))).toMatchObject({
      error: { code: 'FORGE-P003' },
    });
  });

  it('stands when nothing is live, and when that cannot be asked (FORGE-P002)', async () => {
    const refused = { error: { code: 'FORGE-P002', what: expect.stringContaining('Bad Request') } };
    const world = refusing();
    expect(await publish(world)).toMatchObject(refused);
    expect(world.requests.map((request) => request.slice(0, 3))).toEqual(['GET', 'PUT', 'GET']);
    const silent = toyWorld();
    silent.fault = (request) => {
      if (isUpload(request)) return answer(400, 'Bad Request');
      return countUploads(silent) > 0 ? answer(503) : undefined;
    };
    expect(await publish(silent)).toMatchObject(refused);
    expect(countUploads(silent)).toBe(1);
  });
});

describe('what is live after an upload', () => {
  it('fails as other bytes when it has another content (FORGE-P010)', async () => {
    const world = toyWorld();
    const other = toyUnit(app, { 'a.txt': 'replaced on the way' });
    world.fault = (request) =>
      isUpload(request)
        ? world.pass({ ...request, bodyFile: other.artifacts[0]?.path ?? '' })
        : undefined;
    expect(await publish(world)).toMatchObject({ error: { code: 'FORGE-P010' } });
  });

  it('is told to be the same content where a tool has packed again', async () => {
    const world = toyWorld();
    const rebuilt = toyUnit(app, { 'b.txt': 'b', 'a.txt': 'a' });
    world.fault = (request) =>
      isUpload(request)
        ? world.pass({ ...request, bodyFile: rebuilt.artifacts[0]?.path ?? '' })
        : undefined;
    const unit = toyUnit(app, { 'a.txt': 'a', 'b.txt': 'b' });
    expect(await publish(world, unit)).toMatchObject({ kind: 'published', how: 'same content' });
  });

  it('is refused where the listed digest is not that of the file (FORGE-P011)', async () => {
    const world = toyWorld();
    world.fault = (request) => {
      if (isUpload(request) || request.url.includes('/files/')) return undefined;
      const honest = world.pass(request);
      const body = Buffer.from(honest.body).toString();
      return { ...honest, body: Buffer.from(body.replace(/\b[0-9a-f]{64}\b/, '0'.repeat(64))) };
    };
    expect(await publish(world)).toMatchObject({
      error: {
        code: 'FORGE-P011',
        what: expect.stringMatching(
          /it lists app-1\.2\.0\.toy with sha256 0{64}, and serves sha256 \w+/,
        ),
      },
    });
  });

  it('is waited for through answers of 5xx and 429', async () => {
    const world = toyWorld();
    world.fault = (request) => {
      if (isUpload(request) || countUploads(world) === 0 || world.now() > 20_000) return undefined;
      return answer(world.now() < 5000 ? 503 : 429, '', { 'retry-after': '10' });
    };
    expect(await publish(world)).toMatchObject({ kind: 'published' });
    expect(world.now()).toBeGreaterThan(20_000);
  });

  it('ends with what was seen last (FORGE-P006)', async () => {
    const world = uploadsAnswered(answer(201));
    expect(await publish(world)).toMatchObject({
      error: {
        code: 'FORGE-P006',
        what: expect.stringMatching(/after 5 min the version cannot be seen$/),
        fix: expect.stringMatching(/^run again later/),
      },
    });
  });
});
