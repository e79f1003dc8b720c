/** One measured value. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | '×' | 'MB' | '/s' | 'MB/s';
  /** Time on the clock, where `value` is time on a processor. */
  readonly wall?: number;
  /** The same work without what is measured, in the same unit. */
  readonly baseline?: number;
  /** The value must not be above it. */
  readonly bar?: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** A table: figure, clock, baseline, ratio of figure and baseline, bar, and whether it is met. */
export function renderFigures(title: string, figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, unit, wall, baseline, bar }) => [
    what,
    text(value, unit),
    text(wall, unit),
    text(baseline, unit),
    baseline === undefined ? '' : `${(value / baseline).toFixed(2)} ×`,
    text(bar, unit),
    bar === undefined ? '' : value <= bar ? 'met' : `missed by ${text(value - bar, unit)}`,
  ]);
  const table = [[title, 'figure', 'clock', 'baseline', 'ratio', 'bar', ''], ...rows];
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function text(value: number | undefined, unit: Figure['unit']): string {
  if (value === undefined) return '';
  return `${value.toFixed(unit !== '×' && value >= 100 ? 0 : 2)} ${unit}`;
}
