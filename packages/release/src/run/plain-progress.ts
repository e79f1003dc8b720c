import { labelOf } from '../plan/publish-unit';
import { describeResult } from '../publish/publish-result';
import type { Progress } from './progress';

/** A line for each thing that happened, for logs. */
export function plainProgress(print: (text: string) => void): Progress {
  const line = (text: string): void => print(`${text}\n`);
  return {
    stage: (name) => line(`\n${name}`),
    expect: () => undefined,
    building: () => undefined,
    built({ packed, problems }) {
      if (problems.length > 0) return;
      for (const { name, artifacts, without = [] } of packed) {
        for (const { filename, size, sha256 } of artifacts)
          line(`packaged       ${filename}  ${size} bytes  sha256:${sha256}`);
        for (const glob of without) line(`partial        ${name} goes without ${glob}`);
      }
    },
    uploading: (unit) => line(`uploading      ${labelOf(unit)}`),
    waiting: () => undefined,
    paused: (unit, milliseconds, why) =>
      line(`waits ${Math.ceil(milliseconds / 1000)} s     ${labelOf(unit)}: ${why}`),
    result: (unit, result) => line(describeResult(unit, result)),
    note: line,
    end: () => undefined,
  };
}
