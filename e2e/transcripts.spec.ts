import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandResult, Upload } from '@forge/ecosystems';
import { runCommand } from '../packages/release/src/effects/run-command';
import { createWorkspaceExport } from '../packages/release/src/package/workspace-export';
import type { PublishUnit } from '../packages/release/src/plan/publish-unit';
import { answerUploads } from './support/answering-server';
import { describeWithTools } from './support/describe-with-tools';
import { expectedKinds, registryAnswers, type Case } from './support/registry-answers';
import { repository } from './support/repository';
import { packTinyPackages, uploadPrograms, type TinyPackages } from './support/tiny-packages';

/** Programs that upload, by ecosystem; those without one upload by a request of our own. */
const uploaders: Readonly<Record<string, readonly string[]>> = {
  cargo: ['cargo'],
  npm: ['npm'],
  pypi: ['twine', 'uv'],
  hackage: ['cabal'],
  rubygems: ['gem'],
};

const nowhere = 'http://127.0.0.1:9';
/** A secret is never recorded; a port of this machine and its directories say nothing. */
const token = 'a-token-that-nobody-has';
const placeholder = 'http://127.0.0.1:4873';

/** `npm 11.19.1` → `npm-11.19.1`. */
function toolWithVersion(program: string): string {
  const told = execFileSync(program, ['--version'], { encoding: 'utf8' });
  return `${program}-${/\d+(?:\.\d+)+/.exec(told)?.[0] ?? 'unknown'}`;
}

describe.each(Object.entries(uploaders))('uploads to %s', (ecosystem, programs) => {
  describeWithTools('with its tools', [ecosystem], () => {
    let packages: TinyPackages;
    let directory: string;

    beforeAll(async () => {
      packages = await packTinyPackages([ecosystem]);
      directory = realpathSync(mkdtempSync(join(tmpdir(), 'forge-transcripts-')));
    }, 120_000);
    afterAll(() => {
      packages.remove();
      rmSync(directory, { recursive: true });
    });

    const cases = programs.flatMap((program) =>
      (Object.keys(expectedKinds) as Case[]).map((name) => [program, name] as const),
    );

    it.each(cases)(
      'by %s, %s',
      async (program, name) => {
        const ending = await upload(ecosystem, program, name);
        if (process.env['UPDATE']) record(ecosystem, program, name, ending);
        expect({ kind: ending.kind, said: ending.result }).toMatchObject({
          kind: expect.stringMatching(new RegExp(`^(?:${expectedKinds[name].join('|')})$`)),
        });
      },
      120_000,
    );

    async function upload(id: string, program: string, name: Case) {
      const answers = registryAnswers[id] ?? {};
      const inWords = name === 'no-credentials' ? answers.unauthorized : answers[name];
      const answer = inWords ?? (name === 'cut' ? 'cut' : 'as a registry');
      const unit = packages.unit(id, { registry: nowhere });
      const server = await answerUploads(unit.node.ecosystem, answer);
      const exported = createWorkspaceExport(packages.workspace);
      try {
        if (name === 'refused') await server.close();
        const command = await commandOf(
          unit,
          server.url,
          program,
          name !== 'no-credentials',
          exported,
        );
        if (command.kind !== 'command') throw new Error('it uploads by a request');
        const result = await runCommand(command.command);
        const hidden = [server.url, command.command.cwd, packages.workspace.root];
        return { kind: command.classify(result).kind, result, hidden };
      } finally {
        exported.dispose();
        await server.close().catch(() => undefined);
      }
    }

    async function commandOf(
      unit: PublishUnit,
      url: string,
      program: string,
      withToken: boolean,
      exported: ReturnType<typeof createWorkspaceExport>,
    ): Promise<Upload> {
      const { ecosystem: own, manifest } = unit.node;
      const root = await exported.rootFor(unit.node);
      if (!root.ok) throw root.problems[0];
      const all = uploadPrograms(unit);
      const [upload] = own.tool.uploads({
        manifest,
        artifacts: unit.artifacts,
        exportRoot: root.value,
        workDir: exported.workDirFor(unit.node),
        endpoints: own.endpointsAt(url),
        programs: { [program]: all[program] ?? program },
        ...(withToken ? { token } : {}),
      });
      if (!upload) throw new Error('there is no upload');
      return upload;
    }
  });
});

function record(
  ecosystem: string,
  program: string,
  name: Case,
  { result, hidden }: { readonly result: CommandResult; readonly hidden: readonly string[] },
): void {
  const folder = join(
    repository,
    `packages/ecosystems/src/ecosystems/${ecosystem}/transcripts/${toolWithVersion(program)}`,
  );
  mkdirSync(folder, { recursive: true });
  const clean = (text: string): string => withoutThisMachine(text, hidden);
  const lines = [
    `exit code ${result.exitCode}`,
    '--- stdout',
    clean(result.stdout).trimEnd(),
    '--- stderr',
    clean(result.stderr).trimEnd(),
  ];
  writeFileSync(join(folder, `${name}.txt`), `${lines.filter(Boolean).join('\n')}\n`);
}

/** Addresses with their ports, temporary directories, times and log files of one run. */
function withoutThisMachine(text: string, [url = '', ...paths]: readonly string[]): string {
  const { host } = new URL(url);
  let clean = text.replaceAll(url, placeholder).replaceAll(host, new URL(placeholder).host);
  for (const path of paths) clean = clean.replaceAll(path, '/work');
  return clean
    .replaceAll(/\/tmp\/forge-[\w-]+/g, '/work')
    .replaceAll(/"\/[^"\n]*\/(?:site-packages|python[\d.]+|bin)\//g, '"/lib/')
    .replaceAll(/^npm error A complete log.*\n.*$\n?/gm, '')
    .replaceAll(/(\bport[:=]? ?|:)\d{5}\b/g, '$14873')
    .replaceAll(/\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT(?=\n)/g, 'Sat, 21 Nov 2026 12:00:00 GMT')
    .replaceAll(/[ \t]+$/gm, '');
}
