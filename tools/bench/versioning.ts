import { median, type Figure } from './figures';
import { versionedWorkspace, type Actions, type RunTime } from './versioned-workspace';
import { kinds, type Template } from './workspaces';

const count = 1000;
const samples = 5;
const bar = 1.3;
const all: readonly Actions[] = ['ours', 'empty', 'replayed'];

/**
 * `nx release version patch --dry-run` as a whole process, without the daemon, beside the same workspace with
 * version actions that do nothing, and with some that only write the finished files. Figures are user and system
 * time of all processes, for a machine that does other things as well; the clock stands beside them.
 */
export function versioning(): Figure[] {
  return Object.entries(kinds).flatMap(([kind, templates]) => figuresOf(kind, templates));
}

function figuresOf(kind: string, templates: readonly Template[]): Figure[] {
  const workspace = versionedWorkspace(templates, count);
  try {
    const times: Record<Actions, RunTime[]> = { ours: [], empty: [], replayed: [] };
    // In turns, so that whatever else the machine does falls on all alike.
    for (let turn = 0; turn < samples; turn += 1)
      for (const actions of all) times[actions].push(workspace.dryRun(actions));
    const [ours, empty, replayed] = all.map((actions) => medianTime(times[actions])) as Triple;
    const what = `${count.toLocaleString('en')} projects, ${kind}`;
    return [
      { what, value: ours.cpu, wall: ours.wall, baseline: empty.cpu, unit: 'ms' },
      timed('  empty version actions (baseline)', empty),
      timed('  the same changes, known before', replayed),
      { what: '  processors / baseline', value: ours.cpu / empty.cpu, unit: '×', bar },
      { what: '  clock / baseline', value: ours.wall / empty.wall, unit: '×' },
    ];
  } finally {
    workspace.remove();
  }
}

type Triple = [RunTime, RunTime, RunTime];

function timed(what: string, { cpu, wall }: RunTime): Figure {
  return { what, value: cpu, wall, unit: 'ms' };
}

function medianTime(times: readonly RunTime[]): RunTime {
  return {
    cpu: median(times.map(({ cpu }) => cpu)),
    wall: median(times.map(({ wall }) => wall)),
  };
}
