import type { ForgeError } from '@forge/ecosystems';
import { openWorkspace } from '../effects/open-workspace';
import { findWorkspaceRoot } from '../effects/workspace-files';
import { createWorld } from '../effects/world';
import { diagnose, type Diagnosis } from '../preflight/doctor';
import { parseArguments } from './arguments';
import type { CliCommand } from './command';

export const doctorCommand: CliCommand = {
  usage: `Usage: forge-release doctor [--json] [--registry URL] [--root DIR]

What a release would find: tools and where they are, registries and whether they answer, tokens and where they are from
(never the tokens), Node, Nx and git. Changes nothing; ends with 1 when something would stop a release.
`,
  async run(argv, from, streams) {
    const types = {
      root: { type: 'string' },
      json: { type: 'boolean' },
      registry: { type: 'string' },
    } as const;
    const { values } = parseArguments(argv, types);
    const root = values.root ?? findWorkspaceRoot(from);
    const workspace = await openWorkspace(root);
    const world = createWorld({ dryRun: true });
    const registry = values.registry ?? workspace.options.registry;
    const diagnosis = await diagnose(
      workspace,
      { registry },
      { ask: (request) => world.request(request) },
    );
    streams.out(values.json ? `${JSON.stringify(plain(diagnosis), null, 2)}\n` : text(diagnosis));
    return diagnosis.problems.length > 0 ? 1 : 0;
  },
};

function plain({ problems, warnings, ...rest }: Diagnosis): object {
  const plainProblem = ({ code, what, where, fix }: ForgeError): object => ({
    ...{ code, what, fix },
    ...(where === undefined ? {} : { where }),
  });
  return { ...rest, problems: problems.map(plainProblem), warnings: warnings.map(plainProblem) };
}

function text({ node, nx, git, tools, registries, problems, warnings }: Diagnosis): string {
  const rendered = (each: ForgeError): string => each.render();
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Here', [`Node ${node}`, `Nx ${nx ?? 'is not installed'}`, gitLine(git)]],
    [
      'Tools',
      tools.map(
        ({ name, path, projects }) => `${name}  ${path ?? 'missing'}  (${projects.join(', ')})`,
      ),
    ],
    ['Registries', registries.map(registryLine)],
    ['Warnings', warnings.map(rendered)],
    ['Problems', problems.map(rendered)],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(
      ([title, lines]) =>
        `${title}\n${lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}\n`).join('')}`,
    )
    .join('\n');
}

function gitLine({ branch, defaultBranch, changedFiles }: Diagnosis['git']): string {
  const tree = changedFiles === 0 ? 'clean' : `${changedFiles} files differ from the last commit`;
  const against = defaultBranch === null ? '' : `, the default is ${defaultBranch}`;
  return `git: ${branch === null ? 'no branch' : `on ${branch}`}${against}; ${tree}`;
}

function registryLine({
  title,
  url,
  answers,
  token,
  packages,
}: Diagnosis['registries'][number]): string {
  const state = answers ? 'answers' : 'does not answer';
  const credential = token === null ? 'no token' : `token from ${token}`;
  return `${title}  ${url}: ${state}, ${credential}  (${packages.join(', ')})`;
}
