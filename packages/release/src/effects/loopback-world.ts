import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ForgeError, type Command } from '@forge/ecosystems';
import { runCommand } from './run-command';
import { isLoopback } from './loopback';
import { sendRequest } from './send-request';
import type { World } from './world';

/** A port of this machine on which nobody listens: what goes to the outside ends there. */
const nowhere = 'http://127.0.0.1:9';
const here = '127.0.0.1,localhost,::1';

/** Tools read these in lower case, in upper case or in both. */
const closed: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['http_proxy', 'https_proxy', 'all_proxy'].map((name) => [name, nowhere] as const),
    ['no_proxy', here] as const,
  ].flatMap(([name, value]) => [
    [name, value],
    [name.toUpperCase(), value],
  ]),
);

export interface LoopbackOptions {
  /** Absolute, private: the home of every tool. A person's own settings and tokens are out of its sight. */
  readonly home: string;
  /** Toolchains that may be used: variables, with where they are below a person's home by default. */
  readonly toolchains: Readonly<Record<string, string>>;
}

/**
 * A world that ends at this machine. A dry run may rehearse in it: whatever it changes is gone afterwards.
 * FORGE-W001 for a command or request that names another host, before it starts. What a tool reaches for without
 * being told (a registry in its manifest or in a forgotten setting) meets a proxy that is not there.
 */
export function createLoopbackWorld({ home, toolchains }: LoopbackOptions): World {
  const env = { ...closed, ...installedToolchains(toolchains) };
  const run: World['build'] = (command) => {
    refuseOtherHosts(command);
    // Nothing is passed on from this process but the allow-listed variables.
    const own = { HOME: home, ...env, ...command.env };
    // An empty value takes a variable away: a tool may not know `no_proxy`.
    const set = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== ''));
    return runCommand({ ...command, passEnv: [], passSecretEnv: [], env: set });
  };
  return {
    dryRun: false,
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    build: run,
    upload: run,
    request(request, body) {
      if (!isLoopback(request.url)) throw outside(`${request.method} ${request.url}`);
      return sendRequest(request, isLoopback, body);
    },
  };
}

function refuseOtherHosts(command: Command): void {
  const texts = [
    ...command.args,
    ...Object.values(command.env ?? {}),
    ...(command.privateFiles ?? []).map(({ content }) => content),
  ];
  for (const text of texts)
    for (const [url] of text.matchAll(/https?:\/\/[^\s"'`<>#{}]+/g))
      if (!isLoopback(url))
        throw outside(`\`${command.program} ${command.args[0] ?? ''}\` (${url})`);
}

function outside(what: string): ForgeError {
  return new ForgeError('FORGE-W001', { what: `${what} would leave this machine` });
}

/** Those that are there: named by the caller's environment, or where they are by default. */
function installedToolchains(
  toolchains: LoopbackOptions['toolchains'],
): Readonly<Record<string, string>> {
  const found = Object.entries(toolchains).map(
    ([name, directory]) => [name, process.env[name] ?? join(homedir(), directory)] as const,
  );
  return Object.fromEntries(found.filter(([, path]) => existsSync(path)));
}
