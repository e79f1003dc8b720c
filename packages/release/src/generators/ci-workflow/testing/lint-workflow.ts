/** A workflow as it is read back. */
export interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Record<string, Job>;
}

interface Job {
  permissions?: unknown;
  readonly steps: Step[];
}

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export function stepsOf(workflow: Workflow, job: string): readonly Step[] {
  return workflow.jobs[job]?.steps ?? [];
}

/** What reads or changes the history: versions, tags, commits. */
const historical = /\bgit\b|forge-release|\bnx g\b/;
const pinned = /^[\w.-]+\/[\w./-]+@(?:v\d+(?:\.\d+)*|[0-9a-f]{40})$/;

/** Everything in a workflow that has broken releases before, or could be used to break in. */
export function complaints(workflow: Workflow, printed: string): string[] {
  const jobs = Object.entries(workflow.jobs);
  return [
    ...(JSON.stringify(workflow.permissions) === '{}' ? [] : ['permissions for all jobs']),
    ...jobs.flatMap(([name, job]) =>
      [
        ...(job.permissions ? [] : ['no permissions of its own']),
        ...withoutHistory(job.steps),
        ...job.steps.flatMap((step) => stepComplaints(step, printed)),
      ].map((complaint) => `${name}: ${complaint}`),
    ),
  ];
}

/** The first step that needs the history stands behind a checkout of all of it. */
function withoutHistory(steps: readonly Step[]): string[] {
  const first = steps.findIndex(({ run = '' }) => historical.test(run));
  if (first < 0) return [];
  const checkout = steps.slice(0, first).find(({ uses = '' }) => /^actions\/checkout@/.test(uses));
  const before = `before \`${steps[first]?.run?.trim()}\``;
  if (!checkout) return [`no checkout ${before}`];
  return checkout.with?.['fetch-depth'] === 0 ? [] : [`a shallow checkout ${before}`];
}

function stepComplaints({ uses, run = '', env = {}, ...rest }: Step, printed: string): string[] {
  const text = JSON.stringify([env, rest]);
  const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map(([, name = '']) => name);
  return [
    ...(uses === undefined || pinned.test(uses) ? [] : [`\`${uses}\` is not pinned`]),
    ...(run.includes('${{') ? [`an expression in \`${run}\``] : []),
    ...secrets
      .filter((name) => !new RegExp(String.raw`\b${name}\b`).test(printed))
      .map((name) => `nobody is told of the secret \`${name}\``),
  ];
}
