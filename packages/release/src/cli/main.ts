import { ForgeError } from '@forge/ecosystems';
import { replaceFiles } from '../effects/replace-files';
import { createWorld } from '../effects/world';
import { unifiedDiff } from '../plan/unified-diff';
import { planEdit } from './edit';
import { inspectManifests, isBroken } from './inspect';
import { parseOptions, usage, type EditOptions } from './options';
import { selectManifests, type Selection } from './select-manifests';

/** Where the command line writes; tests listen there. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
}

/** The command line; answers the exit code. Needs no Nx. */
export async function main(
  argv: readonly string[],
  from: string,
  streams: Streams,
): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options.command === 'help') {
      streams.out(usage);
      return 0;
    }
    const selection = await selectManifests(options, from);
    if (!selection.ok) return report(selection.problems, streams);
    return options.command === 'inspect'
      ? inspect(selection.value, streams)
      : edit(selection.value, options, streams);
  } catch (error) {
    if (error instanceof ForgeError) return report([error], streams);
    throw error;
  }
}

function inspect(selection: Selection, streams: Streams): number {
  const inspected = inspectManifests(selection);
  streams.out(inspected.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return inspected.some(isBroken) ? 1 : 0;
}

function edit(selection: Selection, options: EditOptions, streams: Streams): number {
  const planned = planEdit(selection, options);
  if (!planned.ok) return report(planned.problems, streams);
  const { changes, edits } = planned.value;
  const { dryRun } = createWorld({ dryRun: options.dryRun });
  for (const { file } of changes) {
    const source = selection.reader.read(file);
    if (source) streams.out(unifiedDiff(source, edits));
  }
  const written = dryRun ? undefined : replaceFiles(selection.root, changes);
  if (written && !written.ok) return report(written.problems, streams);
  const done = dryRun ? 'dry run: nothing was written' : 'written';
  streams.error(`${count(edits.length, 'edit')} in ${count(changes.length, 'file')}: ${done}\n`);
  return 0;
}

function report(problems: readonly ForgeError[], streams: Streams): number {
  streams.error(`${problems.map((problem) => problem.render()).join('\n\n')}\n`);
  return 1;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
