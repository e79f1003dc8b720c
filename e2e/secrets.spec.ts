import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { findLeaks, inBytes } from './support/leak-search';
import { plantSecrets, type PlantedSecrets } from './support/planted-secrets';
import { watchArguments } from './support/process-watch';
import { recordTools, type RecordingTools } from './support/recording-tools';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { repository } from './support/repository';
import { run, userEnvironment, type RunResult } from './support/run';
import { copyWorkspace, type TemporaryWorkspace } from './support/workspace';

const ecosystems = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'];

describeWithTools(
  'the tokens of six registries, in a release of the polyglot example',
  ecosystems,
  () => {
    let registry: RegistryProcess;
    let workspace: TemporaryWorkspace;
    let tools: RecordingTools;
    let planted: PlantedSecrets;
    /** As a person left them, before anything ran. */
    let untouched: ReturnType<PlantedSecrets['snapshot']>;
    let secrets: readonly string[];
    let base: string;
    let env: Record<string, string>;

    beforeAll(async () => {
      registry = await startRegistryProcess(ecosystems);
      secrets = Object.values(registry.tokens);
      base = mkdtempSync(join(tmpdir(), 'forge-secrets-'));
      for (const name of ['home', 'tmp', 'tools']) mkdirSync(join(base, name));
      const home = join(base, 'home');
      planted = plantSecrets(home, registry.url, registry.tokens);
      untouched = planted.snapshot();
      tools = recordTools(join(base, 'tools'), process.env['PATH'] ?? '');
      workspace = copyWorkspace(join(repository, 'examples/polyglot'));
      env = {
        ...userEnvironment(registry, tools.path),
        ...{ HOME: home, CARGO_HOME: join(home, '.cargo'), TMPDIR: join(base, 'tmp') },
        RUSTUP_HOME: process.env['RUSTUP_HOME'] ?? join(homedir(), '.rustup'),
        // Tokens of the public registries, which must not be shown to this one.
        ...{ NPM_TOKEN: 'planted_public_npm', CARGO_REGISTRY_TOKEN: 'planted_public_cargo' },
        ...{ TWINE_PASSWORD: 'planted_public_pypi', HEX_API_KEY: 'planted_public_hex' },
        ...{ GEM_HOST_API_KEY: 'planted_public_gem', HACKAGE_TOKEN: 'planted_public_hackage' },
      };
      delete env['FORGE_TOKEN'];
      secrets = [...secrets, ...Object.values(env).filter((value) => value.startsWith('planted_'))];
      expect((await nx('g', '@forge/release:init', '--no-interactive')).exitCode).toBe(0);
      workspace.commit('Release with Forge');
    }, 180_000);

    afterAll(async () => {
      await registry.stop();
      workspace.remove();
      rmSync(base, { recursive: true, force: true });
    });

    const program = join(repository, 'node_modules/.bin/nx');
    const nx = (...args: readonly string[]): Promise<RunResult> =>
      run(program, args, { cwd: workspace.root, env });

    /** In a process group of its own, which one of the tools then kills whole. */
    const nxUntilKilled = (
      ...args: readonly string[]
    ): Promise<{ signal: string | null; output: string }> =>
      new Promise((resolve, reject) => {
        const child = spawn(program, args, { cwd: workspace.root, env, detached: true });
        let output = '';
        child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
        child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
        child.on('error', reject);
        child.on('close', (_, signal) => resolve({ signal, output }));
      });

    /** The home as well, where tools keep logs and caches: all of it but what the person wrote there. */
    const leftBehind = () => [
      ...findLeaks(join(base, 'home'), secrets).filter(
        ({ place }) => !planted.files.some((file) => place === join(base, 'home', file)),
      ),
      ...findLeaks(workspace.root, secrets),
      ...findLeaks(join(base, 'tmp'), secrets),
      ...findLeaks(join(base, 'tools'), secrets),
    ];

    it('stand in no file that is left when the process is killed in the middle of an upload', async () => {
      tools.killAt('npm', 'publish');
      const { signal, output } = await nxUntilKilled(
        'run-many',
        '-t',
        'publish',
        '--output-style=static',
      );
      expect(signal).toBe('SIGKILL');
      expect(readdirSync(join(base, 'tmp'))).not.toEqual([]);
      expect(leftBehind()).toEqual([]);
      expect(planted.snapshot()).toEqual(untouched);
      expect(inBytes('output', Buffer.from(output), secrets)).toEqual([]);
      tools.killAt('nothing', '');
    }, 600_000);

    it('reach the six registries, and no argument, output, journal, result, cache or artifact', async () => {
      const watch = watchArguments(secrets);
      const { exitCode, output } = await nx(
        'run-many',
        '-t',
        'publish',
        '--output-style=static',
        '--verbose',
      );
      const seen = watch.stop();
      if (exitCode !== 0) throw new Error(output);
      expect(seen).toEqual([]);
      expect(inBytes('output', Buffer.from(output), secrets)).toEqual([]);
      expect(leftBehind()).toEqual([]);
      // What the killed process left is swept by the next one.
      const scratch = readdirSync(join(base, 'tmp')).filter((name) => /-\d+-\w{6}$/.test(name));
      expect(scratch).toEqual([]);
      expect(planted.snapshot()).toEqual(untouched);
      const arrived = new Set((await registry.arrivals()).map(({ ecosystem }) => ecosystem));
      expect([...arrived].sort()).toEqual([...ecosystems].sort());
    }, 900_000);

    it('are in nothing that a release in one command leaves either: its plan, its journal, commit and tags', async () => {
      const program = join(repository, 'packages/release/bin/forge-release.js');
      const release = ['run', 'patch', '--yes', '--projects=@quill/text,quill-rubygems'];
      const watch = watchArguments(secrets);
      const { exitCode, output } = await run(process.execPath, [program, ...release], {
        cwd: workspace.root,
        env,
      });
      const seen = watch.stop();
      if (exitCode !== 0) throw new Error(output);
      const live = (await registry.arrivals()).filter(({ version }) => version === '1.0.1');
      expect(live.map(({ name }) => name).sort()).toEqual(['@quill/text', 'quill']);
      expect(readdirSync(join(workspace.root, '.forge/releases'))).not.toEqual([]);
      expect(seen).toEqual([]);
      expect(inBytes('output', Buffer.from(output), secrets)).toEqual([]);
      // Objects of git are deflated.
      const written = workspace.git('log', '--all', '--patch', '--format=fuller %B');
      const tagged = workspace.git('for-each-ref', '--format=%(refname) %(contents)');
      expect(inBytes('git', Buffer.from(written + tagged), secrets)).toEqual([]);
      expect(leftBehind()).toEqual([]);
      expect(planted.snapshot()).toEqual(untouched);
    }, 300_000);

    it('are found in the argument lists and files of a test that plants them there', async () => {
      const [secret = ''] = secrets;
      const watch = watchArguments([secret]);
      await run('sh', ['-c', 'sleep 0.3', secret], { cwd: base, env });
      expect(watch.stop()).not.toEqual([]);
      expect(inBytes('text', Buffer.from(`x${secret}y`), [secret])).toHaveLength(1);
    });

    it('are in the environment of the programs that need them, and of no other', () => {
      const calls = tools.calls();
      const of = (name: string) => calls.filter(({ argv }) => argv[0] === name);
      expect(of('publish').concat(of('push'), of('upload')).length).toBeGreaterThan(5);
      const leaking = calls
        .flatMap(({ program: name, argv, variables }) =>
          variables
            .filter((variable) => /TOKEN|API_KEY|PASSWORD/.test(variable))
            .map((variable) => `${name} ${argv[0]}: ${variable}`),
        )
        // What the shell of this test had is what its own children may see; Nx itself is one.
        .filter((line) => !/^(?:node|git) /.test(line));
      const allowed =
        /^(?:cargo publish: CARGO_REGISTRIES_FORGE_TOKEN|npm publish: FORGE_NPM_TOKEN|(?:twine upload|python3 \S+|uv publish): (?:TWINE_PASSWORD|UV_PUBLISH_TOKEN)|(?:gem|ruby) \S+: GEM_HOST_API_KEY|(?:cabal upload|printenv \S+): FORGE_HACKAGE_PASSWORD)$/;
      expect([...new Set(leaking)].filter((line) => !allowed.test(line))).toEqual([]);
    });
  },
);
