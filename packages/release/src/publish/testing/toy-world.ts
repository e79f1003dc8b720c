import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, type HttpRequest, type HttpResponse } from '@forge/ecosystems';
import { toy } from '../../../../ecosystems/src/testing/toy';
import { filenameOf, pack } from '../../../../ecosystems/src/testing/toy/archive';
import { createWireServer } from '../../../../ecosystems/src/testing/wire-server';
import type { World } from '../../effects/world';
import { defaultDeadlines } from '../../configuration/deadlines';
import { noLog } from '../publish-log';
import { questions } from '../questions';
import { registryGates } from '../../plan/registry-gate';
import type { StepContext } from '../step';
import { uploadUnit } from '../upload';
import { loadFiles, type Files } from '../../graph/testing/memory-workspace';
import type { PackageNode, WorkspaceModel } from '../../graph/model';
import type { PublishUnit } from '../../plan/publish-unit';

const root = 'http://127.0.0.1:4999';
const artifacts = mkdtempSync(join(tmpdir(), 'forge-toys-'));
afterAll(() => rmSync(artifacts, { recursive: true }));

export interface ToyWorld extends World {
  /** `PUT /packages/app/1.2.0`, in order. */
  readonly requests: string[];
  /** Answers in place of the registry; undefined lets a request through. */
  fault: ((request: HttpRequest) => HttpResponse | undefined) | undefined;
  /** Lets a request through to the registry, unseen. */
  pass(request: HttpRequest): HttpResponse;
}

/** A world whose whole network is one registry of toys, and whose time passes by sleeping only. */
export function toyWorld({ dryRun = false } = {}): ToyWorld {
  const server = createWireServer(toy, root);
  const requests: string[] = [];
  let time = 0;
  const refuse = (): never => {
    throw new Error('toys need no program');
  };
  const pass = (request: HttpRequest): HttpResponse => {
    const body = request.bodyFile === undefined ? {} : { body: readFileSync(request.bodyFile) };
    return server.send({ ...request, ...body });
  };
  return {
    dryRun,
    pass,
    requests,
    fault: undefined,
    now: () => time,
    async sleep(milliseconds) {
      time += milliseconds;
    },
    build: refuse,
    upload: refuse,
    async request(request) {
      requests.push(`${request.method} ${request.url.slice(server.baseUrl.length)}`);
      return this.fault?.(request) ?? pass(request);
    },
  };
}

export function answer(status: number, text = '', headers = {}): HttpResponse {
  return { status, headers, body: Buffer.from(text) };
}

export function loadToys(files: Files): WorkspaceModel {
  return loadFiles(files, { ecosystems: [toy] });
}

/** The package that most suites publish. */
export const [app] = loadToys({ 'app/toy.pkg': 'name = app\nversion = 1.2.0\n' }).packages as [
  PackageNode,
];

/** A unit with an artifact on disk; `members` go into it in their order, beside the manifest. */
export function toyUnit(node: PackageNode, members: Files = {}, planned = false): PublishUnit {
  const { name, version } = node.manifest;
  const manifest = `name = ${name}\nversion = ${version.value}\n`;
  const entries = Object.entries({ ...members, 'toy.pkg': manifest });
  const bytes = pack(new Map(entries.map(([path, text]) => [path, Buffer.from(text)])));
  const filename = filenameOf(name, version.value ?? '');
  const path = join(mkdtempSync(join(artifacts, 'unit-')), filename);
  writeFileSync(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const artifact = { filename, path, size: bytes.length, sha256 };
  return {
    node,
    version: version.value ?? '',
    artifacts: [artifact],
    endpoints: toy.endpointsAt(root),
    planned,
  };
}

const home = { rootFor: async () => ok('/'), workDirFor: () => '/', dispose: () => undefined };

/** What a run of toys shares; nobody waits for slots, and uploads are made with a token. */
export function toyContext(world: ToyWorld, own: Partial<StepContext> = {}): StepContext {
  const gates = registryGates(world.now());
  return {
    ...{ world, gates, log: noLog, onDuplicate: 'warn', deadlines: defaultDeadlines },
    ...{ seen: new Map(), seenAt: 0 },
    ask: questions(world, gates),
    slot: (work) => work(),
    rank: () => 0,
    stoppedBy: () => undefined,
    upload: (unit, artifacts) =>
      uploadUnit(unit, artifacts, world, home, { tokenFor: () => 'token' }),
    ...own,
  };
}
