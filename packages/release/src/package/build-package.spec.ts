import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, type Command, type PackageContext, type PackageRecipe } from '@forge/ecosystems';
import { toy } from '../../../ecosystems/src/testing/toy';
import { pack } from '../../../ecosystems/src/testing/toy/archive';
import type { ArtifactOptions } from '../configuration/artifact-options';
import { createWorld } from '../effects/world';
import { loadFiles } from '../graph/testing/memory-workspace';
import type { PackageNode } from '../graph/model';
import { buildPackage } from './build-package';

const manifest = 'name = app\nversion = 1.2.0\n';
const [app] = loadFiles({ 'app/toy.pkg': manifest }, { ecosystems: [toy] }).packages as [
  PackageNode,
];
let directory: string;
let context: PackageContext;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'forge-build-'));
  for (const name of ['export/app', 'out', 'work'])
    mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, 'export/app/toy.pkg'), manifest);
  context = {
    manifest: app.manifest,
    exportRoot: join(directory, 'export'),
    outDir: join(directory, 'out'),
    workDir: join(directory, 'work'),
    localDependencies: [],
    files: { read: () => undefined, walk: () => [] },
    programs: {},
  };
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Builds by another recipe than the toy's own. */
function build(recipe: Partial<PackageRecipe> = {}, options: ArtifactOptions = {}) {
  const own = toy.tool.package(context);
  if (!own.ok) throw own.problems[0];
  const tool = { ...toy.tool, package: () => ok({ ...own.value, ...recipe }) };
  const node = { ...app, ecosystem: { ...toy, tool } };
  const world = createWorld({ dryRun: false });
  return buildPackage(node, context, world, { shipped: [], options });
}

function node(script: string): Command {
  return { program: process.execPath, args: ['-e', script], cwd: directory };
}

function assembling(text: string): Partial<PackageRecipe> {
  const bytes = pack(new Map([['toy.pkg', Buffer.from(text)]]));
  return { assemble: () => ok([{ filename: 'app-1.2.0.toy', bytes }]) };
}

describe('building a package', () => {
  it('gives the artifact with its digest', async () => {
    expect(await build()).toMatchObject({
      ok: true,
      value: [{ filename: 'app-1.2.0.toy', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    expect(existsSync(join(directory, 'out/app-1.2.0.toy'))).toBe(true);
  });

  it('tells a disk that is full from a package that is wrong (FORGE-P014)', async () => {
    const failing = node('console.error("npm error code ENOSPC"); process.exit(228)');
    expect(await build({ commands: [failing] })).toMatchObject({
      ok: false,
      problems: [
        { code: 'FORGE-P014', what: expect.stringMatching(/^`toy:app@1\.2\.0` .* ends with 228 /) },
      ],
    });
  });

  it('stops at the first tool that fails and shows what it said (FORGE-A002)', async () => {
    const failing = node('console.error("no such thing"); process.exit(3)');
    const later = node('require("fs").writeFileSync("later", "")');
    expect(await build({ commands: [failing, later] })).toMatchObject({
      ok: false,
      problems: [
        {
          code: 'FORGE-A002',
          what: expect.stringMatching(/ ends with 3 while packaging `app`$/),
          frame: 'no such thing',
        },
      ],
    });
    expect(existsSync(join(directory, 'later'))).toBe(false);
  });

  it('expects an artifact where a tool says to leave it (FORGE-A003)', async () => {
    const artifactDir = join(directory, 'work/dist');
    const recipe = { commands: [node('')], artifactDir, assemble: () => ok([]) };
    expect(await build(recipe)).toMatchObject({ ok: false, problems: [{ code: 'FORGE-A003' }] });
  });

  it('takes what was built, and nothing that lay there before', async () => {
    const artifactDir = join(directory, 'export/app');
    for (const name of ['app-1.2.0.toy', 'app-1.2.0-old.toy'])
      writeFileSync(join(artifactDir, name), 'stale');
    const bytes = pack(new Map([['toy.pkg', Buffer.from(manifest)]]));
    const script = `require("fs").writeFileSync("app-1.2.0.toy", Buffer.from("${Buffer.from(bytes).toString('hex')}", "hex"))`;
    const result = await build({
      ...{ commands: [{ ...node(script), cwd: artifactDir }], artifactDir },
      isArtifact: (name) => name.endsWith('.toy'),
      assemble: () => ok([]),
    });
    expect(result.ok && result.value.map(({ filename }) => filename)).toEqual(['app-1.2.0.toy']);
  });

  it('takes no archive that the ecosystem cannot read (FORGE-A003)', async () => {
    const bytes = Buffer.from('not a gzip file');
    const recipe = { assemble: () => ok([{ filename: 'app-1.2.0.toy', bytes }]) };
    expect(await build(recipe)).toMatchObject({ ok: false, problems: [{ code: 'FORGE-A003' }] });
  });

  it.each([
    ['name', 'name = ape\nversion = 1.2.0\n'],
    ['version', 'name = app\nversion = 1.2.1\n'],
  ])('looks inside: another %s than the manifest is refused (FORGE-A004)', async (_, text) => {
    expect(await build(assembling(text))).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-A004', where: { file: 'app/toy.pkg' } }],
    });
  });

  it('compares names and versions as the ecosystem does', async () => {
    const result = await build(assembling('name = APP\nversion = 1.2.0+build.7\n'));
    expect(result.ok).toBe(true);
  });

  it('refuses, with all problems at once, what must not go out (FORGE-A008, FORGE-A009)', async () => {
    const files = {
      'toy.pkg': manifest,
      '.env': 'A=1\n',
      'a.txt': `token: ghp_${'aB3x'.repeat(9)}\n`,
    };
    const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
    const bytes = pack(new Map(entries));
    const recipe = { assemble: () => ok([{ filename: 'app-1.2.0.toy', bytes }]) };
    expect(await build(recipe)).toMatchObject({
      problems: [{ code: 'FORGE-A008' }, { code: 'FORGE-A009' }],
    });
    expect(await build(recipe, { allow: ['.env', 'a.txt'] })).toMatchObject({ ok: true });
  });

  it('refuses another set of artifacts than the declared one (FORGE-A016)', async () => {
    expect(await build({}, { files: ['*.toy'] })).toMatchObject({ ok: true });
    expect(await build({}, { files: ['*.toy', '*.box'] })).toMatchObject({
      problems: [{ code: 'FORGE-A016', what: expect.stringContaining('lacks `*.box`') }],
    });
  });

  it('refuses an artifact that lacks what its own metadata names (FORGE-A007)', async () => {
    const inspected = toy.tool.inspect;
    const tool = {
      ...toy.tool,
      inspect: (name: string, bytes: Uint8Array) => {
        const content = inspected(name, bytes);
        return content.ok ? ok({ ...content.value, lacking: ['dist/index.js'] }) : content;
      },
    };
    const result = await buildPackage(
      { ...app, ecosystem: { ...toy, tool } },
      context,
      createWorld({ dryRun: false }),
    );
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'FORGE-A007', what: expect.stringContaining('lacks `dist/index.js`') }],
    });
  });
});
