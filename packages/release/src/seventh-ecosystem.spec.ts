import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toy } from '../../ecosystems/src/testing/toy';
import { createWireServer } from '../../ecosystems/src/testing/wire-server';
import { openWorkspace } from './effects/open-workspace';
import packageBatch from './executors/package/package-batch';
import publishBatch from './executors/publish/publish-batch';
import { createInference } from './inference';
import { createReleasePlanner } from './plan/release-planner';

// The one line that a seventh ecosystem costs; its folder is packages/ecosystems/src/testing/toy.
jest.mock('@forge/ecosystems', () => {
  const actual = jest.requireActual<typeof import('@forge/ecosystems')>('@forge/ecosystems');
  const seventh = jest.requireActual<typeof import('../../ecosystems/src/testing/toy')>(
    '../../ecosystems/src/testing/toy',
  );
  return { ...actual, ecosystems: [...actual.ecosystems, seventh.toy] };
});

const files: Readonly<Record<string, string>> = {
  'nx.json': '{ "plugins": ["@forge/release"] }\n',
  '.gitignore': '.forge\n.nx\ndist\n',
  'toys/core/toy.pkg': 'name = core\nversion = 1.2.0\n',
  'toys/app/toy.pkg': '# an app\nname = app\nversion = 1.2.0\nneeds = core path:../core\n',
  'toys/app/hello.txt': 'hello\n',
  'toys/site/toy.pkg': 'name = site\nversion = 1.2.0\nneeds = app ^1.2.0\nprivate = yes\n',
};

let root: string;
let registry: { readonly url: string; readonly server: Server };
const uploads: string[] = [];

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'forge-toy-')));
  for (const [file, text] of Object.entries(files)) write(file, text);
  git('init', '-q');
  commit('a workspace of toys');
  registry = await serveToys();
  process.env['FORGE_REGISTRY'] = registry.url;
  process.env['FORGE_TOKEN'] = 'any';
}, 60_000);

afterAll(() => {
  delete process.env['FORGE_REGISTRY'];
  delete process.env['FORGE_TOKEN'];
  registry.server.close();
  registry.server.closeAllConnections();
  rmSync(root, { recursive: true });
});

/** The wire of the toy on a socket; what a registry does beyond that is tested there. */
async function serveToys(): Promise<typeof registry> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'PUT') uploads.push(request.url ?? '');
      const answer = wire.send({
        method: request.method as 'GET',
        url: `${url}${request.url}`,
        body: Buffer.concat(chunks),
      });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const wire = createWireServer(toy, url);
  return { url, server };
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=Toy', '-c', 'user.email=toy@example.org'];
  execFileSync('git', [...identity, ...args], { cwd: root });
}

function commit(message: string): void {
  git('add', '.');
  git('commit', '-q', '-m', message);
}

/** What Nx hands to a batch executor for these two projects. */
function batch(target: string): [TaskGraph, Record<string, object>, object, ExecutorContext] {
  const names = ['core', 'app'];
  const tasks = names.map((project) => {
    const id = `${project}:${target}`;
    return {
      id,
      target: { project, target },
      overrides: {},
      outputs: [],
      parallelism: true,
      cache: false,
    };
  });
  const byId = Object.fromEntries(tasks.map((task) => [task.id, task]));
  const none = Object.fromEntries(tasks.map(({ id }) => [id, []]));
  const taskGraph: TaskGraph = {
    roots: tasks.map(({ id }) => id),
    tasks: byId,
    dependencies: none,
    continuousDependencies: none,
  };
  const targets = { package: { executor: '@forge/release:package' } };
  const projects = Object.fromEntries(
    names.map((name) => [name, { root: `toys/${name}`, targets }]),
  );
  const context = { root, taskGraph, projectsConfigurations: { version: 2, projects } };
  return [taskGraph, {}, {}, context as unknown as ExecutorContext];
}

const successes = (results: Record<string, { success: boolean }>): unknown =>
  Object.fromEntries(Object.entries(results).map(([id, { success }]) => [id, success]));

describe('a seventh ecosystem, one folder and one line', () => {
  it('is inferred: projects, targets and edges', () => {
    const { model, nodes } = createInference().infer(root, Object.keys(files), {});
    expect([...model.projects.values()].map(({ name }) => name).sort()).toEqual([
      'app',
      'core',
      'site',
    ]);
    expect(
      model.edges.map(({ from, to }) => `${from.manifest.name} → ${to.manifest.name}`),
    ).toEqual(expect.arrayContaining(['app → core', 'site → app']));
    expect(JSON.stringify(nodes)).toContain('"nx-release-publish"');
  });

  it('is versioned: dependents and their requirements follow', async () => {
    const { model, reader } = await openWorkspace(root);
    const planner = createReleasePlanner(model, reader);
    for (const project of ['core', 'app'])
      planner.setVersion(project, '2.0.0', { kind: 'asked', text: 'a test' });
    const release = planner.settle();
    if (!release.ok) throw release.problems[0];
    for (const [file, bytes] of release.value.files) write(file, bytes);
    commit('version 2.0.0');
    const after = await openWorkspace(root);
    const versions = after.model.packages.map(({ manifest }) => [
      manifest.name,
      manifest.version.value,
      ...manifest.dependencies.map(({ requirement }) => requirement),
    ]);
    expect(versions).toEqual(
      expect.arrayContaining([
        ['core', '2.0.0'],
        ['app', '2.0.0', null],
        ['site', '1.2.0', '^2.0.0'],
      ]),
    );
  });

  it('is packaged, published in order, and found by its digest', async () => {
    expect(successes(await packageBatch(...batch('package')))).toEqual({
      'core:package': true,
      'app:package': true,
    });
    expect(successes(await publishBatch(...batch('publish')))).toEqual({
      'core:publish': true,
      'app:publish': true,
    });
    expect(uploads).toEqual(['/toy/packages/core/2.0.0', '/toy/packages/app/2.0.0']);
    const endpoints = toy.endpointsAt(registry.url);
    const { url } = toy.remote.lookup('app', '2.0.0', endpoints);
    const answer = await fetch(url);
    const response = { status: answer.status, headers: {}, body: await bytesOf(answer) };
    const presence = toy.remote.presence('app', '2.0.0', response, endpoints);
    if (presence.state !== 'present') throw new Error(JSON.stringify(presence));
    const [file] = presence.files;
    const archive = await bytesOf(await fetch(file?.url ?? ''));
    const inside = toy.tool.inspect(file?.filename ?? '', archive);
    expect(inside).toMatchObject({ ok: true, value: { name: 'app', version: '2.0.0' } });
    if (!inside.ok) return;
    expect([...inside.value.members.keys()].sort()).toEqual(['hello.txt', 'toy.pkg']);
    const publishable = '# an app\nname = app\nversion = 2.0.0\nneeds = core ^2.0.0\n';
    const digest = createHash('sha256').update(publishable).digest('hex');
    expect(inside.value.members.get('toy.pkg')).toBe(digest);
  }, 60_000);

  it('is already there the second time', async () => {
    const results = await publishBatch(...batch('publish'));
    expect(successes(results)).toEqual({ 'core:publish': true, 'app:publish': true });
    expect(results['app:publish']?.terminalOutput).toMatch(/already/i);
    expect(uploads).toHaveLength(2);
  }, 60_000);
});

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}
