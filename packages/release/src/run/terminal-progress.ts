import { labelOf } from '../plan/publish-unit';
import { plainProgress } from './plain-progress';
import type { Progress } from './progress';

export interface Terminal {
  write(text: string): void;
  /** Characters in a line. */
  columns(): number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls again and again; answers what ends it. */
  every(milliseconds: number, tick: () => void): () => void;
}

type Doing = 'building' | 'uploading' | 'uploaded, not visible yet' | 'paused';

interface Activity {
  readonly doing: Doing;
  readonly since: number;
  /** Until when, for what is paused. */
  readonly until?: number;
  readonly why?: string;
}

/** How many activities are shown line by line. */
const shown = 8;

/** What is done scrolls by; what is under way stands below it, line by line, with the time. */
export function terminalProgress(terminal: Terminal): Progress {
  const activities = new Map<string, Activity>();
  let waiting = new Set<string>();
  let drawn = 0;

  const erase = (): string => (drawn > 0 ? `\x1b[${drawn}F\x1b[0J` : '');
  const draw = (above = ''): void => {
    const lines = liveLines(activities, waiting.size, terminal);
    terminal.write(erase() + above + lines.map((line) => `${line}\n`).join(''));
    drawn = lines.length;
  };
  const plain = plainProgress(draw);
  const set = (label: string, doing: Doing, more: Partial<Activity> = {}): void => {
    waiting.delete(label);
    activities.set(label, { doing, since: terminal.now(), ...more });
    draw();
  };
  const clear = (label: string): void => {
    waiting.delete(label);
    activities.delete(label);
  };
  const stop = terminal.every(500, () => draw());

  return {
    stage(name) {
      activities.clear();
      plain.stage(name);
    },
    expect(labels) {
      waiting = new Set(labels);
    },
    building: (project) => set(project, 'building'),
    built(result) {
      clear(result.project.name);
      plain.built(result);
    },
    uploading: (unit) => set(labelOf(unit), 'uploading'),
    waiting: (unit) => set(labelOf(unit), 'uploaded, not visible yet'),
    paused: (unit, milliseconds, why) =>
      set(labelOf(unit), 'paused', { until: terminal.now() + milliseconds, why }),
    result(unit, result) {
      clear(labelOf(unit));
      plain.result(unit, result);
    },
    note: plain.note,
    end() {
      stop();
      terminal.write(erase());
      drawn = 0;
    },
  };
}

function liveLines(
  activities: ReadonlyMap<string, Activity>,
  waiting: number,
  terminal: Terminal,
): string[] {
  const now = terminal.now();
  const lines = [...activities].map(([label, activity]) => `  ${label}  ${words(activity, now)}`);
  const hidden = lines.length - shown;
  const counts = [
    ...(hidden > 0 ? [`${hidden} more under way`] : []),
    ...(waiting > 0 && activities.size > 0 ? [`${waiting} waiting`] : []),
  ];
  const all = [...lines.slice(0, shown), ...(counts.length > 0 ? [`  ${counts.join(', ')}`] : [])];
  // A line that wraps would be two when it is erased.
  return all.map((line) => line.slice(0, terminal.columns() - 1));
}

function words({ doing, since, until, why }: Activity, now: number): string {
  if (until === undefined) return `${doing} ${seconds(now - since)}`;
  return `goes on in ${seconds(Math.max(0, until - now))}: ${why ?? ''}`;
}

function seconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1000)} s`;
}
