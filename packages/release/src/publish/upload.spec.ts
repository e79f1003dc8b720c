import { appendFileSync } from 'node:fs';
import {
  ok,
  type Artifact,
  type CommandResult,
  type UploadContext,
  type UploadOutcome,
} from '@forge/ecosystems';
import type { PackageNode } from '../graph/model';
import type { PublishUnit } from '../plan/publish-unit';
import type { World } from '../effects/world';
import { runSteps } from './steps';
import { answer, app, toyContext, toyUnit, toyWorld } from './testing/toy-world';
import { uploadUnit } from './upload';

const home = { rootFor: async () => ok('/'), workDirFor: () => '/', dispose: () => undefined };

/** A toy that is uploaded by a program which ends like this. */
function byProgram(ending: CommandResult, outcome: UploadOutcome): Promise<unknown> {
  const ecosystem = Object.defineProperties({}, Object.getOwnPropertyDescriptors(app.ecosystem));
  const uploads = () => [
    {
      kind: 'command',
      command: { program: 'toy', args: ['push'], cwd: '/' },
      classify: () => outcome,
    },
  ];
  Object.defineProperty(ecosystem, 'tool', { value: { ...app.ecosystem.tool, uploads } });
  const node = { ...app, ecosystem: ecosystem as PackageNode['ecosystem'] };
  const unit: PublishUnit = { ...toyUnit(app), node };
  const world = { ...toyWorld(), upload: async () => ending };
  const settings = { tokenFor: () => undefined, uploadWithin: 60_000 };
  return uploadUnit(unit, unit.artifacts, world, home, settings);
}

/** What the tool of a toy is given whose registry takes statements of provenance, or does not. */
async function givenTo(isTaken: boolean, provenance?: boolean): Promise<UploadContext | undefined> {
  const given: UploadContext[] = [];
  const uploads = (context: UploadContext) => {
    given.push(context);
    return [];
  };
  const ecosystem = Object.defineProperties({}, Object.getOwnPropertyDescriptors(app.ecosystem));
  Object.defineProperty(ecosystem, 'tool', { value: { ...app.ecosystem.tool, uploads } });
  const access = { ...app.ecosystem.access, provenance: { isTaken: () => isTaken } };
  Object.defineProperty(ecosystem, 'access', { value: access });
  const unit = {
    ...toyUnit(app),
    node: { ...app, ecosystem: ecosystem as PackageNode['ecosystem'] },
  };
  const settings = { tokenFor: () => undefined, provenance };
  await uploadUnit(unit, unit.artifacts, toyWorld(), home, settings);
  return given[0];
}

const failed = { exitCode: 1, stdout: '', stderr: '' };

describe('one try to upload', () => {
  it('sends no artifact that changed since it was packed (FORGE-P016)', async () => {
    const world = toyWorld();
    const unit = toyUnit(app);
    appendFileSync((unit.artifacts[0] as Artifact).path, 'x');
    expect(await runSteps(unit, toyContext(world))).toMatchObject({
      error: { code: 'FORGE-P016', what: expect.stringContaining('app-1.2.0.toy`') },
    });
    expect(world.requests).toEqual(['GET /packages/app']);
  });

  it('sends the bytes that were looked at, whatever becomes of the file meanwhile', async () => {
    const unit = toyUnit(app);
    const { path, size } = unit.artifacts[0] as Artifact;
    const sent: unknown[] = [];
    const request: World['request'] = async ({ bodyFile }, body) => {
      sent.push(bodyFile, body?.length);
      return answer(201);
    };
    const world = { ...toyWorld(), request };
    await uploadUnit(unit, unit.artifacts, world, home, { tokenFor: () => undefined });
    expect(sent).toEqual([path, size]);
    // Of several no more than one is in memory: each is read when it is sent.
    const two = [...unit.artifacts, ...toyUnit(app).artifacts];
    await uploadUnit(unit, two, world, home, { tokenFor: () => undefined });
    expect(sent.filter((each) => each === undefined)).toHaveLength(2);
  });

  it('asks for a statement of provenance where it is wanted and the registry takes it', async () => {
    expect((await givenTo(true, true))?.provenance).toBe(true);
    for (const context of [
      await givenTo(false, true),
      await givenTo(true, false),
      await givenTo(true),
    ])
      expect(context).not.toHaveProperty('provenance');
  });

  it('that is stopped for want of an end has no known outcome', async () => {
    const ending = { ...failed, exitCode: 127, timedOut: true };
    expect(await byProgram(ending, { kind: 'rejected', detail: '' })).toEqual({
      kind: 'unreachable',
      detail: '`toy` had no end after 60 s and was stopped',
    });
  });

  it.each([
    'error: failed to write: No space left on device (os error 28)',
    'npm error code ENOSPC',
    'OSError: [Errno 27] File too large',
  ])('fails by this machine and not by the registry: %s', async (detail) => {
    expect(await byProgram(failed, { kind: 'rejected', detail })).toEqual({
      kind: 'no-room',
      detail,
    });
    // Words of the registry, with a status that says so.
    const told = { kind: 'unreachable', detail } as const;
    expect(await byProgram(failed, told)).toEqual(told);
  });

  it('says whether a token was sent, where the registry wants another (FORGE-P001)', async () => {
    const refused = { kind: 'needs-credentials', detail: '401' } as const;
    expect(await byProgram(failed, refused)).toMatchObject({ detail: '401 (no token was sent)' });
    const world = toyWorld();
    world.fault = ({ method }) => (method === 'PUT' ? answer(401, 'who are you?') : undefined);
    expect(await runSteps(toyUnit(app), toyContext(world))).toMatchObject({
      error: {
        code: 'FORGE-P001',
        what: expect.stringContaining('who are you? (a token was sent)'),
      },
    });
  });
});
