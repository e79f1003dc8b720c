import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandResult, UploadContext } from '../model';
import { readerOf, sourceOf } from '../testing';
import { subjects, type Subject } from '../testing/subjects';

/** What each recorded case is, whatever the tool. A duplicate says nothing of its bytes: both are compared. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  published: ['published'],
  'no-credentials': ['needs-credentials'],
  unauthorized: ['needs-credentials'],
  'not-owner': ['forbidden'],
  duplicate: ['conflict', 'already-there'],
  rejected: ['rejected'],
  throttled: ['throttled'],
  'throttled-until': ['throttled'],
  broken: ['unreachable'],
  unavailable: ['unreachable'],
  cut: ['unreachable'],
  refused: ['unreachable'],
};

interface Transcript {
  /** `<tool>-<version>/<case>`. */
  readonly name: string;
  readonly case: string;
  readonly text: string;
}

function transcriptsOf({ folder }: Subject): readonly Transcript[] {
  const root = join(__dirname, '..', folder, 'transcripts');
  if (!statSync(root, { throwIfNoEntry: false })) return [];
  return readdirSync(root).flatMap((tool) =>
    readdirSync(join(root, tool)).map((file) => ({
      name: `${tool}/${file.replace(/\.txt$/, '')}`,
      case: file.replace(/\.txt$/, ''),
      text: readFileSync(join(root, tool, file), 'utf8'),
    })),
  );
}

function resultOf(text: string): CommandResult {
  const [, exitCode = '', stdout = '', stderr = ''] =
    /^exit code (\d+)\n--- stdout\n([^]*?)--- stderr\n([^]*)$/.exec(text) ?? [];
  return { exitCode: Number(exitCode), stdout, stderr };
}

/** Reads a result as an upload of this ecosystem's tool does. */
function classify({ ecosystem, kit }: Subject, result: CommandResult) {
  const { files, file } = kit.manifest;
  const manifest = ecosystem.format.read(sourceOf(file, files[file] ?? ''), readerOf(files));
  if (!manifest.ok || !manifest.value) throw new Error(`${file} is no manifest`);
  const context: UploadContext = {
    manifest: manifest.value,
    artifacts: [{ filename: 'a', path: '/out/a', size: 1, sha256: '' }],
    exportRoot: '/export',
    workDir: '/work',
    endpoints: ecosystem.endpointsAt('http://127.0.0.1:4873'),
    programs: {},
  };
  const [upload] = ecosystem.tool.uploads(context);
  if (upload?.kind !== 'command') throw new Error('it uploads by a request');
  return upload.classify(result);
}

const recorded = subjects
  .map((subject) => ({ subject, id: subject.id, transcripts: transcriptsOf(subject) }))
  .filter(({ transcripts }) => transcripts.length > 0);

describe.each(recorded)('what the tools of $id say', ({ subject, transcripts }) => {
  it.each(transcripts)('is understood: $name', (transcript) => {
    const outcome = classify(subject, resultOf(transcript.text));
    expect(kinds[transcript.case]).toContain(outcome.kind);
    if ('detail' in outcome) expect(outcome.detail.trim()).not.toBe('');
  });

  it.each(transcripts)('names neither a public registry nor a machine: $name', ({ text }) => {
    const urls = [...text.matchAll(/https?:\/\/([^\s/:'"()<>\]]+)/g)].map(([, host]) => host);
    expect(urls.filter((host) => host !== '127.0.0.1')).toEqual([]);
    expect(text).not.toMatch(/\/(?:tmp|home|root|Users)\//);
  });

  it('is recorded in whole for every version of a tool', () => {
    const tools = new Set(transcripts.map(({ name }) => name.split('/')[0]));
    for (const tool of tools)
      expect(
        transcripts
          .filter(({ name }) => name.startsWith(`${tool}/`))
          .map((each) => each.case)
          .sort(),
      ).toEqual(Object.keys(kinds).sort());
  });
});

it('is recorded of every ecosystem that uploads with a program', () => {
  const withProgram = subjects.filter((subject) => {
    try {
      classify(subject, { exitCode: 0, stdout: '', stderr: '' });
      return true;
    } catch {
      // Its uploads are requests, whose answers need no words to be understood.
      return false;
    }
  });
  expect(recorded.map(({ id }) => id)).toEqual(withProgram.map(({ id }) => id));
});
