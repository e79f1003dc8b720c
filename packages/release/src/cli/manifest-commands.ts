import type { ForgeError } from '@forge/ecosystems';
import { checkReplacement, replaceFiles } from '../effects/replace-files';
import { createWorld } from '../effects/world';
import { unifiedDiff } from '../plan/unified-diff';
import type { CliCommand, Streams } from './command';
import { planEdit } from './edit';
import { inspectManifests, isBroken } from './inspect';
import { editOptions, editUsage, inspectOptions, inspectUsage, type EditOptions } from './options';
import { selectManifests, type Selection } from './select-manifests';

/** What is read of manifests. Needs no Nx. */
export const inspectCommand: CliCommand = {
  usage: inspectUsage,
  async run(argv, from, streams) {
    const selection = await selectManifests(inspectOptions(argv), from);
    if (!selection.ok) return report(selection.problems, streams);
    const inspected = inspectManifests(selection.value);
    streams.out(inspected.map((each) => `${JSON.stringify(each)}\n`).join(''));
    return inspected.some(isBroken) ? 1 : 0;
  },
};

/** The editor of manifests alone. Needs no Nx. */
export const editCommand: CliCommand = {
  usage: editUsage,
  async run(argv, from, streams) {
    const options = editOptions(argv);
    const selection = await selectManifests(options, from);
    if (!selection.ok) return report(selection.problems, streams);
    return edit(selection.value, options, streams);
  },
};

function edit(selection: Selection, options: EditOptions, streams: Streams): number {
  const planned = planEdit(selection, options);
  if (!planned.ok) return report(planned.problems, streams);
  const { changes, edits } = planned.value;
  const { dryRun } = createWorld({ dryRun: options.dryRun });
  const written = (dryRun ? checkReplacement : replaceFiles)(selection.root, changes);
  if (!written.ok) return report(written.problems, streams);
  for (const { file } of changes) {
    const source = selection.reader.read(file);
    if (source) streams.out(unifiedDiff(source, edits));
  }
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
