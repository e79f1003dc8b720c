import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegistryProcess } from '../../e2e/support/registry-process';
import { writeInto, writeWorkspace, type TemporaryWorkspace } from '../../e2e/support/workspace';
import { gzip, writeTar } from '../../packages/ecosystems/src/archive';

interface Package {
  readonly name: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly filename: string;
  readonly tarball: Uint8Array;
}

/**
 * A workspace whose packages are all packaged and live: manifests in git, artifacts recorded as the `package`
 * executor records them, the same bytes in the registry. Each package needs up to three others.
 */
export async function publishedPackages(
  count: number,
  registry: RegistryProcess,
): Promise<TemporaryWorkspace> {
  const packages = Array.from({ length: count }, (_, index) => packageAt(index));
  const manifests = packages.map(({ name, manifest }) => [
    `packages/${name}/package.json`,
    `${JSON.stringify(manifest, null, 2)}\n`,
  ]);
  const workspace = writeWorkspace({
    'nx.json': '{ "plugins": ["@forge/release"], "neverConnectToCloud": true }\n',
    ...(Object.fromEntries(manifests) as Record<string, string>),
  });
  for (const each of packages) record(workspace.root, each);
  for (const each of packages) await upload(each, registry);
  // What Nx and the sample in a process of its own need to know.
  const names = packages.map(({ name }) => name);
  writeFileSync(join(workspace.root, '.git/bench.json'), JSON.stringify(names));
  return workspace;
}

function packageAt(index: number): Package {
  const name = `bench-${index}`;
  const needs = [index - 1, index - 2, index - 7].filter((each) => each >= 0);
  const manifest = {
    name,
    version: '1.2.3',
    license: 'MIT',
    main: 'index.js',
    dependencies: Object.fromEntries(needs.map((each) => [`bench-${each}`, '^1.2.3'])),
    nx: { targets: { nothing: { executor: 'nx:noop' } } },
  };
  const members = {
    'package.json': JSON.stringify(manifest),
    'index.js': `module.exports=${index}`,
  };
  const entries = Object.entries(members).map(([path, text]) => ({
    name: `package/${path}`,
    type: 'file' as const,
    mode: 0o644,
    content: Buffer.from(text),
  }));
  return { name, manifest, filename: `${name}-1.2.3.tgz`, tarball: gzip(writeTar(entries)) };
}

function record(root: string, { name, filename, tarball }: Package): void {
  const sha256 = createHash('sha256').update(tarball).digest('hex');
  const artifacts = [{ filename, size: tarball.length, sha256 }];
  const packed = { ecosystem: 'npm', name, version: '1.2.3', artifacts };
  const directory = `.forge/artifacts/${name}`;
  writeInto(root, `${directory}/npm/${filename}`, tarball);
  writeInto(
    root,
    `${directory}/artifacts.json`,
    `${JSON.stringify({ formatVersion: 1, project: name, packages: [packed] }, null, 2)}\n`,
  );
}

/** The request of `npm publish`, without a process for each. */
async function upload(
  { name, manifest, filename, tarball }: Package,
  { url, token }: RegistryProcess,
): Promise<void> {
  const data = Buffer.from(tarball).toString('base64');
  const attachment = { content_type: 'application/octet-stream', data, length: tarball.length };
  const response = await fetch(`${url}/npm/${name}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name,
      'dist-tags': { latest: '1.2.3' },
      versions: { '1.2.3': manifest },
      _attachments: { [filename]: attachment },
    }),
  });
  if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
}
