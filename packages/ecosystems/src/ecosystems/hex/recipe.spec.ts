import { randomBytes } from 'node:crypto';
import { readTar } from '../../archive';
import type { Manifest, PackageContext, PackageFiles } from '../../model';
import { printTerm, tuple, type Term } from './erlang';
import { packageRecipe } from './recipe';
import { openTarball } from './tarball';
import { tool } from './tool';

const context: PackageContext = {
  manifest: { file: 'apps/demo/mix.exs', name: 'demo', version: { value: '1.2.0' } } as Manifest,
  exportRoot: '/export',
  outDir: '/out',
  workDir: '/work',
  localDependencies: [],
  files: { read: () => undefined, walk: () => [] },
  programs: { elixir: '/usr/bin/elixir' },
};

const tree: Readonly<Record<string, string>> = {
  '/export/apps/demo/lib/demo.ex': 'defmodule Demo, do: nil',
  '/export/apps/demo/mix.exs': 'a project',
  '/export/apps/demo/priv/run.sh': '#!/bin/sh',
};

const files: PackageFiles = {
  read: (path) => (tree[path] === undefined ? undefined : Buffer.from(tree[path])),
  walk: () => Object.keys(tree).map((path) => ({ path, executable: path.endsWith('.sh') })),
};

const metadata: Readonly<Record<string, Term>> = {
  app: 'demo',
  name: 'demo',
  version: '1.2.0',
  description: 'Zoë 🦀',
  licenses: ['MIT'],
  links: [],
  files: ['mix.exs', 'priv/run.sh', 'lib/demo.ex'],
  build_tools: ['mix'],
  requirements: [],
};

/** What the recipe makes of a description, as the script prints it. */
function assembled(
  fields: Readonly<Record<string, Term>>,
  problems: readonly Term[] = [],
  from = files,
) {
  const pairs = Object.entries(fields).map(([key, value]) => tuple(key, value));
  const term = printTerm([tuple('metadata', pairs), tuple('problems', problems)]);
  const stdout = `a line of the project\nforge-package: ${term}.\n`;
  const { assemble } = packageRecipe(context);
  return assemble?.([{ exitCode: 0, stdout, stderr: '' }], from);
}

function problems(result: ReturnType<typeof assembled>): string[] {
  return result && !result.ok ? result.problems.map(({ code, what }) => `${code} ${what}`) : [];
}

it('evaluates the project in its own directory and keeps the homes apart', () => {
  const { commands, isArtifact } = packageRecipe(context);
  expect(commands).toMatchObject([
    {
      program: '/usr/bin/elixir',
      args: ['-e', expect.stringContaining('Mix.start()'), '/out/demo-1.2.0.tar'],
      cwd: '/export/apps/demo',
      env: { HEX_HOME: '/work/hex', HEX_OFFLINE: '1' },
    },
  ]);
  expect([isArtifact('demo-1.2.0.tar'), isArtifact('demo-1.2.0.tar.gz')]).toEqual([true, false]);
});

it('leaves the packing to Hex where Hex has packed', () => {
  const { assemble } = packageRecipe(context);
  const built = { exitCode: 0, stdout: 'Building demo 1.2.0\n', stderr: '' };
  expect(assemble?.([built], files)).toEqual({ ok: true, value: [] });
});

it('packs a tarball that opens again, the files in the order of their names', () => {
  const built = assembled(metadata);
  const [artifact] = built?.ok ? built.value : [];
  expect(artifact?.filename).toBe('demo-1.2.0.tar');
  const bytes = artifact?.bytes ?? new Uint8Array();
  const outer = readTar(bytes);
  expect(outer.ok && outer.value.map(({ name }) => name)).toEqual([
    'VERSION',
    'CHECKSUM',
    'metadata.config',
    'contents.tar.gz',
  ]);
  const opened = openTarball(bytes);
  expect(opened.ok && opened.value.files.map(({ name, mode }) => [name, mode])).toEqual([
    ['lib/demo.ex', 0o644],
    ['mix.exs', 0o644],
    ['priv/run.sh', 0o755],
  ]);
  expect(assembled(metadata)).toEqual(built);
});

it('names all fields that are missing', () => {
  const { app, name, version, files: listed } = metadata;
  expect(problems(assembled({ app, name, version, files: listed } as typeof metadata))).toEqual([
    'FORGE-A006 the package has no `description`, `licenses`, `links`',
  ]);
});

it('refuses what Hex refuses', () => {
  const found = assembled(metadata, [
    tuple('missing', ['c_src/*']),
    tuple('elsewhere', ['core', 'web']),
    tuple('overridden', []),
  ]);
  expect(problems(found)).toEqual([
    'FORGE-A006 files of the package that match nothing: `c_src/*`',
    'FORGE-A006 dependencies that are no Hex packages: `core`, `web`',
  ]);
});

it.each(['/etc/passwd', 'priv/gone'])('refuses to pack %s', (name) => {
  expect(problems(assembled({ ...metadata, files: [name] }))).toEqual([
    `FORGE-A006 \`${name}\` cannot be packed: it is no file of the package`,
  ]);
});

it('refuses to pack more than Hex takes', () => {
  const incompressible = randomBytes(16 * 1024 * 1024);
  const large = { ...files, read: () => incompressible };
  expect(problems(assembled({ ...metadata, files: ['mix.exs'] }, [], large))).toEqual([
    expect.stringMatching(/^FORGE-A005 the tarball has \d+ bytes, more than Hex takes$/),
  ]);
});

describe('what is inside', () => {
  const inside = (fields: Readonly<Record<string, Term>>) => {
    const built = assembled(fields);
    const bytes = built?.ok ? built.value[0]?.bytes : undefined;
    const found = tool.inspect('demo-1.2.0.tar', bytes ?? new Uint8Array());
    return found.ok ? found.value : found.problems;
  };

  it('does not depend on the order in which Hex lists things', () => {
    const requirement = [
      tuple('name', 'core'),
      tuple('app', 'core'),
      tuple('requirement', '~> 1.0'),
    ];
    const before = inside({ ...metadata, requirements: [requirement] });
    const after = inside({
      ...metadata,
      files: ['lib', 'lib/demo.ex', 'mix.exs', 'priv/run.sh'].slice(1),
      requirements: [[...requirement].reverse()],
    });
    expect(after).toEqual(before);
    expect(before).toMatchObject({ name: 'demo', version: '1.2.0' });
  });

  it('changes with a file and with the metadata', () => {
    expect(inside({ ...metadata, files: ['mix.exs'] })).not.toEqual(inside(metadata));
    expect(inside({ ...metadata, licenses: ['Apache-2.0'] })).not.toEqual(inside(metadata));
  });

  it('is a problem for other bytes', () => {
    expect(tool.inspect('x.tar', Buffer.from('no tar'))).toMatchObject({
      problems: [{ code: 'FORGE-A003' }],
    });
  });
});
