import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consumers } from './consumers';
import type { Arrival, RegistryProcess } from './registry-process';
import { repository } from './repository';
import { run, userEnvironment, type RunResult } from './run';
import { copyWorkspace, type TemporaryWorkspace } from './workspace';

export interface Step {
  readonly command: string;
  readonly result: RunResult;
}

export interface Installed {
  readonly ecosystem: string;
  readonly package: string;
  /** What the installed package printed; the reason when it could not be installed. */
  readonly output: string;
  readonly ok: boolean;
}

/** Runs commands in a workspace as a user would and keeps what they print. */
export class Walkthrough {
  readonly steps: Step[] = [];
  readonly workspace: TemporaryWorkspace;
  private readonly env: Record<string, string>;

  constructor(
    private readonly registry: RegistryProcess,
    private readonly path: string,
    private readonly options: { readonly show: boolean; readonly example?: string } = {
      show: false,
    },
  ) {
    this.workspace = copyWorkspace(join(repository, 'examples', options.example ?? 'polyglot'));
    this.env = userEnvironment(registry, path);
  }

  /** Never rejects because of an exit code: the caller looks at it. */
  async nx(...args: readonly string[]): Promise<RunResult> {
    const command = `nx ${args.join(' ')}`;
    if (this.options.show) process.stdout.write(`\n$ ${command}\n`);
    const program = join(repository, 'node_modules/.bin/nx');
    const result = await run(program, args, {
      cwd: this.workspace.root,
      env: this.env,
      show: this.options.show,
    });
    this.steps.push({ command, result });
    return result;
  }

  git(...args: readonly string[]): string {
    return this.workspace.git(...args);
  }

  /** Installs one package of each of these ecosystems, in clean homes. */
  async install(ecosystems: readonly string[], version: string): Promise<readonly Installed[]> {
    const wanted = consumers.filter(({ ecosystem }) => ecosystems.includes(ecosystem));
    const results: Installed[] = [];
    for (const consumer of wanted) {
      const directory = mkdtempSync(join(tmpdir(), 'forge-consumer-'));
      const about = { ecosystem: consumer.ecosystem, package: consumer.package };
      try {
        const output = await consumer.install({
          url: this.registry.url,
          directory,
          version,
          path: this.path,
        });
        results.push({ ...about, output: output.trim().split('\n').at(-1) ?? '', ok: true });
      } catch (error) {
        results.push({
          ...about,
          output: error instanceof Error ? error.message : String(error),
          ok: false,
        });
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    }
    return results;
  }

  arrivals(): Promise<readonly Arrival[]> {
    return this.registry.arrivals();
  }
}
