import { createHash, randomBytes } from 'node:crypto';
import { writeInto, writeWorkspace, type TemporaryWorkspace } from '../../e2e/support/workspace';

export interface PackedWorkspace extends TemporaryWorkspace {
  /** For each package the packages that it needs, all with lower numbers. */
  readonly needs: readonly (readonly number[])[];
}

const version = '1.2.3';
const size = 256 * 1024;

/**
 * A workspace whose packages are packed, and nowhere published. They stand in `depth` layers; each needs one of the
 * layer before, so that they form trees.
 */
export function packedPackages(count: number, depth: number): PackedWorkspace {
  const layer = Math.ceil(count / depth);
  const needs = Array.from({ length: count }, (_, at) => (at < layer ? [] : [at - layer]));
  const manifests = needs.map(
    (needed, at) => [`ex/ex_${at}/mix.exs`, mixfile(at, needed)] as const,
  );
  const workspace = writeWorkspace({
    'nx.json': '{ "plugins": ["@forge/release"], "neverConnectToCloud": true }\n',
    ...Object.fromEntries(manifests),
  });
  for (const at of needs.keys()) record(workspace.root, `ex_${at}`);
  return { ...workspace, needs };
}

function mixfile(at: number, needed: readonly number[]): string {
  const deps = needed.map((each) => `{:ex_${each}, "~> 1.2"}`).join(', ');
  return `defmodule Ex${at}.MixProject do
  use Mix.Project

  def project do
    [
      app: :ex_${at},
      version: "${version}",
      description: "Package number ${at}",
      package: [licenses: ["MIT"], links: %{}],
      deps: [${deps}]
    ]
  end
end
`;
}

/** As the `package` executor records it. The registry of this benchmark looks into no archive. */
function record(root: string, name: string): void {
  const bytes = randomBytes(size);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const filename = `${name}-${version}.tar`;
  const packed = { ecosystem: 'hex', name, version, artifacts: [{ filename, size, sha256 }] };
  const json = { formatVersion: 1, project: name, packages: [packed] };
  writeInto(root, `.forge/artifacts/${name}/hex/${filename}`, bytes);
  writeInto(root, `.forge/artifacts/${name}/artifacts.json`, `${JSON.stringify(json)}\n`);
}
