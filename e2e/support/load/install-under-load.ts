import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKeptRegistry, token } from './kept-registry';
import { installables } from './installable-uploads';
import { install, installers, type Installer } from './installers';
import type { Upload } from './uploads';

export interface InstallsUnderLoad {
  /** How often each tool got everything it asked for. */
  readonly installs: Readonly<Record<string, number>>;
  readonly published: number;
  /** What any tool or publish complained of. */
  readonly failures: readonly string[];
}

const names = ['wicket', 'lantern', 'quill'];

/**
 * All tools install the newest of some packages over and over, each time from nothing and without a second try, while
 * new versions of the very same packages are published.
 */
export async function installUnderLoad(loadMs: number): Promise<InstallsUnderLoad> {
  const directory = mkdtempSync(join(tmpdir(), 'forge-installs-'));
  const registry = await startKeptRegistry(directory, ['--memory']);
  const failures: string[] = [];
  const installs: Record<string, number> = {};
  let published = 0;
  let end = Infinity;

  async function publishAll(version: string): Promise<void> {
    for (const name of names)
      for (const make of installables) {
        const failed = await publish(registry.url, make(name, version));
        if (failed === undefined) published += 1;
        else failures.push(failed);
      }
  }
  async function publishOn(): Promise<void> {
    for (let i = 1; Date.now() < end; i += 1) await publishAll(`1.${i}.0`);
  }
  async function installOn(installer: Installer): Promise<void> {
    const { tool } = installer;
    for (let i = 0; Date.now() < end; i += 1) {
      const where = join(directory, `${tool.replace(' ', '-')}-${i}`);
      const { exitCode, output } = await install(installer, where, registry.url, names);
      if (exitCode === 0) installs[tool] = (installs[tool] ?? 0) + 1;
      else failures.push(`${tool}: ${output.slice(-600)}`);
      rmSync(where, { recursive: true, force: true });
    }
  }

  try {
    await publishAll('1.0.0');
    end = Date.now() + loadMs;
    await Promise.all([publishOn(), ...installers.map(installOn)]);
    return { installs, published, failures };
  } finally {
    await registry.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function publish(url: string, upload: Omit<Upload, 'sha256'>): Promise<string | undefined> {
  const { method, path, headers, body, ecosystem, name, version } = upload;
  const authorization = `Bearer ${token}`;
  const sent = { method, headers: { ...headers, authorization }, body: Buffer.from(body) };
  const response = await fetch(`${url}${path}`, sent);
  const text = await response.text();
  if (response.ok) return undefined;
  return `${ecosystem} ${name} ${version}: ${response.status} ${text.slice(0, 200)}`;
}
