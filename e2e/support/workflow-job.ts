import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { repository } from './repository';
import { run } from './run';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: boolean;
}

/** A job of a workflow, as it is read from its file. */
export interface WorkflowJob {
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** What GitHub would know: values of `inputs.x`, `secrets.x`, `vars.x`; what is not here is empty. */
export type Contexts = Readonly<Record<string, string>>;

export interface JobEnd {
  readonly isGood: boolean;
  readonly output: string;
  readonly summary: string;
  /** Lines `name=value` of all steps. */
  readonly outputs: string;
  /** Names of the steps whose lines were run, in order. */
  readonly ran: readonly string[];
}

/**
 * Runs the lines of a job as GitHub does, in a fresh clone of `origin` below `base`. Actions are passed over: the
 * clone stands for the checkout, the tools of this machine for those that are set up.
 */
export async function runJob(
  { env: ofJob = {}, steps }: WorkflowJob,
  place: { readonly base: string; readonly origin: string; readonly env: Record<string, string> },
  contexts: Contexts,
): Promise<JobEnd> {
  const { base, origin } = place;
  const root = join(base, 'clone');
  const [summary, outputs] = [join(base, 'summary.md'), join(base, 'outputs')];
  execFileSync('git', ['clone', '--quiet', origin, root]);
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  const fill = (values: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).map(([name, text]) => [name, filled(text, contexts)]),
    );
  const outcomes: Record<string, string> = {};
  const ran: string[] = [];
  let [isGood, output] = [true, ''];
  for (const step of steps) {
    if (step.run === undefined || !isDue(step.if, { isGood, outcomes, contexts })) continue;
    const result = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: root,
      env: {
        ...place.env,
        ...{ PATH: withoutInstalls(base, place.env['PATH'] ?? ''), RUNNER_TEMP: base },
        ...{
          GITHUB_STEP_SUMMARY: summary,
          GITHUB_OUTPUT: outputs,
          ...fill(ofJob),
          ...fill(step.env ?? {}),
        },
      },
    });
    ran.push(step.name);
    output += result.output;
    if (step.id) outcomes[step.id] = result.exitCode === 0 ? 'success' : 'failure';
    isGood &&= result.exitCode === 0 || step['continue-on-error'] === true;
  }
  return { isGood, output, ran, summary: textOf(summary), outputs: textOf(outputs) };
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function filled(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => contexts[name] ?? '');
}

interface Moment {
  readonly isGood: boolean;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly contexts: Contexts;
}

/** The conditions that our workflows have, and no other one. */
function isDue(condition: string | undefined, { isGood, outcomes, contexts }: Moment): boolean {
  switch (condition) {
    case undefined:
      return isGood;
    case 'always()':
      return true;
    case "always() && steps.dry-run.outcome != 'skipped'":
      return outcomes['dry-run'] !== undefined;
    case "steps.release.outcome == 'failure'":
      return isGood && outcomes['release'] === 'failure';
    case "inputs.from_ref != ''":
      return isGood && Boolean(contexts['inputs.from_ref']);
    default:
      throw new Error(`nobody knows the condition \`${condition}\``);
  }
}

/** A PATH on which `npm ci` does nothing: everything is linked already. */
function withoutInstalls(base: string, path: string): string {
  const bin = join(base, 'bin');
  mkdirSync(bin, { recursive: true });
  const real = execFileSync('which', ['npm'], { encoding: 'utf8', env: { PATH: path } }).trim();
  const lines = ['#!/bin/sh', `test "$1" = ci && exit 0`, `exec ${real} "$@"`, ''];
  writeFileSync(join(bin, 'npm'), lines.join('\n'), { mode: 0o755 });
  return `${bin}:${path}`;
}
