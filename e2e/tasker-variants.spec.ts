import { readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { startRegistryProcess } from './support/registry-process';
import { coreCrates, startTags, TaskerWorkspace, type Variant } from './support/tasker';

const shared = 'crates/tasker-shared/src/lib.rs';
const gemCode = 'crates/tasker-rb/lib/tasker_core.rb';
const everything = '0.1.9 0.1.9.0 0.1.9.0 0.1.9';

/** Runs with a workspace of its own. */
async function withVariant(
  variant: Partial<Variant>,
  act: (workspace: TaskerWorkspace) => Promise<void>,
): Promise<void> {
  const workspace = TaskerWorkspace.create({
    mode: 'graph',
    source: 'conventional commits',
    ...variant,
  });
  try {
    await act(workspace);
  } finally {
    workspace.remove();
  }
}

/** A release that has to be refused, with the workspace as it was. */
async function refusal(workspace: TaskerWorkspace): Promise<string> {
  const before = workspace.git('for-each-ref');
  const { exitCode, output } = await workspace.nx('release', '--skip-publish');
  expect(exitCode).not.toBe(0);
  expect(workspace.git('status', '--porcelain')).toBe('');
  expect(workspace.git('for-each-ref')).toBe(before);
  return output;
}

async function releaseOfShared(workspace: TaskerWorkspace): Promise<void> {
  workspace.change('fix: it', shared);
  await workspace.release();
  expect(workspace.versions()).toBe(everything);
}

describe('variants of tasker', () => {
  it('V1: a published crate that needs an unpublished one is refused', async () => {
    const prepare: Variant['prepare'] = (edit) =>
      edit('crates/tasker-sdk/Cargo.toml', (text) =>
        text.replace(
          '[dependencies]\n',
          '[dependencies]\ntasker-grammar = { path = "../tasker-grammar" }\n',
        ),
      );
    await withVariant({ prepare }, async (workspace) => {
      workspace.change('fix: it', shared);
      const output = await refusal(workspace);
      expect(output).toMatch(/FORGE-G004 .*`tasker-grammar`/);
      expect(output).toContain('--> crates/tasker-sdk/Cargo.toml:');
    });
  }, 120_000);

  it('V2: a dangling symbolic link is no obstacle', async () => {
    await withVariant({}, async (workspace) => {
      const link = join(workspace.root, 'crates/tasker-shared/migrations');
      rmSync(link);
      symlinkSync('../../no/such/directory', link);
      workspace.commit('test: a link to nowhere');
      await releaseOfShared(workspace);
      expect(readlinkSync(link)).toBe('../../no/such/directory');
    });
  }, 120_000);

  it('a change behind a symbolic link is one of the crate that has the link', async () => {
    await withVariant({}, async (workspace) => {
      workspace.change('fix: it', 'migrations/0001_init.sql');
      await workspace.release();
      expect(workspace.versions()).toBe(everything);
    });
  }, 120_000);

  it('V4: tabs and a missing last line end stay in package.json', async () => {
    const file = 'crates/tasker-ts/package.json';
    const prepare: Variant['prepare'] = (edit) =>
      edit(file, (text) => text.replaceAll('  ', '\t').trimEnd());
    await withVariant({ prepare }, async (workspace) => {
      await releaseOfShared(workspace);
      const text = workspace.read(file);
      expect(JSON.parse(text)).toMatchObject({ version: '0.1.9', tasker: { core: '0.1.9' } });
      expect(text).toMatch(/^\{\n\t"name"[^]*\n\t"tasker": \{\n\t\t"core": "0\.1\.9"\n\t\}\n\}$/);
      expect(text).not.toContain('  ');
    });
  }, 120_000);

  it('V5: CRLF stays in every Cargo.toml', async () => {
    const manifests = ['Cargo.toml', ...coreCrates.map((name) => `crates/${name}/Cargo.toml`)];
    const prepare: Variant['prepare'] = (edit) => {
      for (const file of manifests) edit(file, (text) => text.replaceAll('\n', '\r\n'));
    };
    await withVariant({ prepare }, async (workspace) => {
      workspace.change('fix: it', shared);
      await workspace.release();
      for (const file of manifests) {
        const text = workspace.read(file);
        expect(text).toMatch(/^version = "0\.1\.9"\r$/m);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(text).not.toContain('0.1.8');
      }
    });
  }, 120_000);

  it('V6: versions that crates inherit are written once', async () => {
    const prepare: Variant['prepare'] = (edit) => {
      edit('Cargo.toml', (text) =>
        text.replace('[workspace.dependencies]', '[workspace.package]\nversion = "0.1.8"\n\n$&'),
      );
      for (const file of ['Cargo.toml', ...coreCrates.map((name) => `crates/${name}/Cargo.toml`)])
        edit(file, (text) => text.replace(/^version = "0\.1\.8"/m, 'version.workspace = true'));
    };
    await withVariant({ prepare }, async (workspace) => {
      workspace.change('fix: it', shared);
      await workspace.release();
      expect(workspace.read('Cargo.toml')).toContain('[workspace.package]\nversion = "0.1.9"\n');
      expect(workspace.releasedFiles()).not.toContain('crates/tasker-pgmq/Cargo.toml');
      expect(workspace.read('Cargo.lock')).not.toContain('"0.1.8"');
      expect(workspace.newTags()).toContain('core-v0.1.9');
    });
  }, 120_000);

  it.each(['conventional commits', 'version plans'] as const)(
    'V7: components without a tag go by their manifests (%s)',
    async (source) => {
      const variant: Partial<Variant> = {
        source,
        tags: ['core-v0.1.8', 'ruby-v0.1.8.2'],
        configure: ({ release }) => {
          release.version['fallbackCurrentVersionResolver'] = 'disk';
        },
      };
      await withVariant(variant, async (workspace) => {
        workspace.change('fix: it', gemCode);
        if (source === 'version plans') await workspace.plan();
        await workspace.release();
        expect(workspace.versions()).toBe('0.1.8 0.1.8.3 0.1.8.1 0.1.8');
        expect(workspace.newTags()).toEqual(['ruby-v0.1.8.3']);
      });
    },
    120_000,
  );

  it('V8: a version that npm cannot have is refused', async () => {
    const prepare: Variant['prepare'] = (edit) =>
      edit('crates/tasker-ts/package.json', (text) => text.replace('0.1.8', '0.1.8.0'));
    await withVariant({ prepare }, async (workspace) => {
      workspace.change('fix: it', shared);
      const output = await refusal(workspace);
      expect(output).toContain('crates/tasker-ts/package.json:3:');
      expect(output).toContain('0.1.8.0');
    });
  }, 120_000);
});

describe('tasker by configuration alone', () => {
  it('has one more binding (T-11)', async () => {
    const gem = 'crates/tasker-client-rb';
    const variant: Partial<Variant> = {
      tags: [...startTags, 'client-ruby-v0.1.8.0'],
      configure: ({ release }) => {
        release.groups['client-ruby'] = {
          projectsRelationship: 'independent',
          projects: ['tasker-client-rb'],
          releaseTag: { pattern: 'client-ruby-v{version}', requireSemver: false },
          version: { versionActionsOptions: { scheme: 'core-patch', core: 'core' } },
        };
      },
      prepare: (edit, write) => {
        const file = (name: string, text: string): void => write(`${gem}/${name}`, text);
        const extension = 'ext/tasker_client';
        file('lib/tasker_client/version.rb', "module TaskerClient\n  VERSION = '0.1.8.0'\nend\n");
        file(
          'tasker-client-rb.gemspec',
          [
            "require_relative 'lib/tasker_client/version'",
            'Gem::Specification.new do |spec|',
            "  spec.name = 'tasker-client-rb'",
            '  spec.version = TaskerClient::VERSION',
            "  spec.summary = 'client'",
            "  spec.authors = ['Tasker']",
            "  spec.files = Dir['lib/**/*', 'ext/**/*']",
            `  spec.extensions = ['${extension}/extconf.rb']`,
            'end\n',
          ].join('\n'),
        );
        file(`${extension}/extconf.rb`, "require 'mkmf'\n");
        file(`${extension}/src/lib.rs`, '\n');
        file(
          `${extension}/Cargo.toml`,
          '[package]\nname = "tasker-client-rb"\nversion = "0.1.8"\n\n[dependencies]\ntasker-client = { path = "../../../tasker-client", version = "=0.1.8" }\n',
        );
        edit('Cargo.toml', (text) =>
          text.replace('"crates/tasker-ts",', `$&\n  "${gem}/${extension}",`),
        );
      },
    };
    await withVariant(variant, async (workspace) => {
      workspace.change('fix: it', 'crates/tasker-client/src/lib.rs');
      await workspace.release();
      expect(workspace.versions()).toBe(everything);
      expect(workspace.newTags()).toContain('client-ruby-v0.1.9.0');
      expect(workspace.read(`${gem}/lib/tasker_client/version.rb`)).toContain("'0.1.9.0'");
      expect(workspace.read(`${gem}/ext/tasker_client/Cargo.toml`)).toContain('"=0.1.9"');
    });
  }, 120_000);

  it('stays in 0.1.N, whatever a commit says (T-15)', async () => {
    await withVariant({}, async (workspace) => {
      workspace.change('feat!: all new', shared);
      await workspace.release();
      expect(workspace.versions()).toBe(everything);
    });
  }, 120_000);

  it('lets its crates diverge (T-17)', async () => {
    const configure: Variant['configure'] = ({ plugins: [{ options }], release }) => {
      Object.assign(release.groups['core'] ?? {}, {
        projectsRelationship: 'independent',
        releaseTag: { pattern: '{projectName}@{version}' },
      });
      for (const name of ['ruby', 'python', 'typescript']) delete release.groups[name];
      Object.assign(options, { followers: {}, triggers: {} });
    };
    const tags = coreCrates.map((name) => `${name}@0.1.8`);
    await withVariant({ configure, tags }, async (workspace) => {
      workspace.change('fix: it', 'crates/tasker-sdk/src/lib.rs');
      await workspace.release();
      // What requires it exactly goes with it, as Nx's `updateDependents` says.
      expect(workspace.newTags()).toEqual([
        'tasker-ctl@0.1.9',
        'tasker-mcp@0.1.9',
        'tasker-sdk@0.1.9',
      ]);
      expect(workspace.read('crates/tasker-worker/Cargo.toml')).toContain('version = "0.1.8"');
      expect(workspace.read('crates/tasker-ctl/Cargo.toml')).toMatch(/tasker-sdk.*"=0\.1\.9"/);
    });
  }, 120_000);
});

describe('a first release of tasker (T-43)', () => {
  it('needs no tags: what changed since the versions were written is due', async () => {
    await withVariant({ source: 'version plans', tags: [] }, async (workspace) => {
      expect(await workspace.plan()).toContain('nothing is due');
      workspace.change('fix: it', gemCode);
      await workspace.plan();
      await workspace.release();
      expect(workspace.versions()).toBe('0.1.8 0.1.8.3 0.1.8.1 0.1.8');
      expect(workspace.newTags()).toEqual(['ruby-v0.1.8.3']);
    });
  }, 120_000);

  it('is one of everything where the registry never had any of it', async () => {
    const registry = await startRegistryProcess();
    try {
      await withVariant({ source: 'version plans', tags: [], registry }, async (workspace) => {
        const output = await workspace.plan();
        expect(output).toContain('tasker-rb: everything is new');
        await workspace.release();
        expect(workspace.versions()).toBe(everything);
      });
    } finally {
      await registry.stop();
    }
  }, 120_000);
});

describe('the plan generator', () => {
  it('writes what Nx takes, once, and compares with any commit (T-37)', async () => {
    await withVariant({ source: 'version plans' }, async (workspace) => {
      workspace.change('fix: it', shared);
      const dry = await workspace.nx('g', '@forge/release:plan', '--dry-run', '--from=HEAD~1');
      expect(dry.output).toContain('core: patch\ntasker-rb: patch\n');
      expect(workspace.git('status', '--porcelain')).toBe('');
      await workspace.plan();
      const head = workspace.git('rev-parse', 'HEAD');
      expect(await workspace.plan()).toContain('planned already');
      expect(workspace.git('rev-parse', 'HEAD')).toBe(head);
      const check = await workspace.nx('release', 'plan:check', '--base=HEAD~2');
      expect(check).toMatchObject({ exitCode: 0 });
      const { output } = await workspace.nx('g', '@forge/release:plan', '--from=nowhere');
      expect(output).toContain('FORGE-C011');
    });
  }, 120_000);

  it('may be helped by hand, also where versions have four parts', async () => {
    await withVariant({ source: 'version plans' }, async (workspace) => {
      workspace.change('fix: it', gemCode);
      await workspace.plan();
      const plan = '---\ntasker-rb: minor\n---\n\nBy hand\n';
      workspace.write('chore: plan', { '.nx/version-plans/by-hand.md': plan });
      await workspace.release();
      expect(workspace.versions()).toBe('0.1.8 0.1.8.3 0.1.8.1 0.1.8');
      expect(workspace.git('ls-files', '.nx')).toBe('');
    });
  }, 120_000);
});
