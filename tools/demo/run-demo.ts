import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arrival } from '../../e2e/support/registry-process';
import type { Installed, Walkthrough } from '../../e2e/support/walkthrough';

type Say = (line?: string) => void;

const released = '1.1.0';
const allEcosystems = 6;

/** Steps of the demo in order; answers the exit code. */
export async function runDemo(
  walkthrough: Walkthrough,
  ecosystems: readonly string[],
  say: Say,
): Promise<number> {
  const failed: string[] = [];
  const step = async (...args: readonly string[]): Promise<void> => {
    if (failed.length > 0) return;
    const { exitCode } = await walkthrough.nx(...args);
    if (exitCode !== 0) failed.push(`nx ${args.join(' ')} ends with ${exitCode}`);
  };
  await step('g', '@forge/release:init', '--no-interactive');
  switchOff(walkthrough, ecosystems);
  walkthrough.workspace.commit('Release with Forge');
  await step('show', 'projects');
  await step('release', 'minor', '--dry-run');
  await step('release', 'minor', '--skip-publish');
  await step('affected', '-t', 'publish', '--base=HEAD~1', '--output-style=static');
  const installed = failed.length > 0 ? [] : await walkthrough.install(ecosystems, released);
  const arrivals = await walkthrough.arrivals();
  printInstalled(installed, say);
  printArrivals(arrivals, walkthrough, say);
  failed.push(
    ...installed.filter(({ ok }) => !ok).map((each) => `${each.package} cannot be installed`),
  );
  const expected = publishedProjects(walkthrough);
  for (const failure of failed) say(`failed: ${failure}`);
  const live = new Set(arrivals.map(({ ecosystem }) => ecosystem)).size;
  say(
    `demo: published ${arrivals.length} of ${expected} packages in ${live} of ${allEcosystems} ecosystems`,
  );
  return failed.length === 0 && arrivals.length === expected ? 0 : 1;
}

/** An ecosystem without its tools is switched off, as a user of this machine would. */
function switchOff(walkthrough: Walkthrough, ecosystems: readonly string[]): void {
  const off = ['cargo', 'npm', 'pypi', 'hex', 'hackage', 'rubygems'].filter(
    (id) => !ecosystems.includes(id),
  );
  if (off.length === 0) return;
  const path = join(walkthrough.workspace.root, 'nx.json');
  const nxJson = JSON.parse(readFileSync(path, 'utf8')) as {
    plugins: (string | { plugin: string; options?: object })[];
  };
  nxJson.plugins = nxJson.plugins.map((entry) => {
    const plugin = typeof entry === 'string' ? { plugin: entry } : entry;
    if (plugin.plugin !== '@forge/release') return entry;
    return {
      ...plugin,
      options: { ...plugin.options, ecosystems: Object.fromEntries(off.map((id) => [id, false])) },
    };
  });
  writeFileSync(path, `${JSON.stringify(nxJson, null, 2)}\n`);
}

/** What the plan of the release names, as `nx release` printed it. */
function publishedProjects(walkthrough: Walkthrough): number {
  const plan =
    walkthrough.steps.findLast(({ command }) => command.includes('--skip-publish'))?.result
      .output ?? '';
  return plan
    .split('\n')
    .filter((line) => /^ {2}\d+\. /.test(line))
    .flatMap((line) => line.split(', ')).length;
}

function printInstalled(installed: readonly Installed[], say: Say): void {
  say();
  say('installed from the registry, in clean homes:');
  for (const each of installed)
    say(
      `  ${each.ecosystem.padEnd(9)} ${each.package.padEnd(12)} ${each.ok ? 'prints' : 'FAILED'} ${each.output}`,
    );
}

function printArrivals(arrivals: readonly Arrival[], walkthrough: Walkthrough, say: Say): void {
  const urls = walkthrough.steps.map(({ result }) => result.output).join('\n');
  say();
  say(
    `${'package'.padEnd(14)} ${'ecosystem'.padEnd(9)} ${'version'.padEnd(8)} ${'sha256'.padEnd(16)} url`,
  );
  for (const { name, ecosystem, version, files } of arrivals)
    for (const [index, { sha256, filename }] of files.filter(isArtifact).entries()) {
      const label = `${ecosystem}:${name}@${version}`;
      const url = urls
        .split('\n')
        .find((line) => line.startsWith('published') && line.includes(`${label} `))
        ?.split(/\s+/)
        .at(-1);
      say(
        `${name.padEnd(14)} ${ecosystem.padEnd(9)} ${version.padEnd(8)} ${sha256.slice(0, 16)} ${index === 0 ? (url ?? filename) : filename}`,
      );
    }
  say();
}

/** Beside a wheel the registry serves its metadata as a file of its own. */
function isArtifact({ filename }: Arrival['files'][number]): boolean {
  return !filename.endsWith('.metadata');
}
