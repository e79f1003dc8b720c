import {
  ForgeError,
  type Command,
  type CommandResult,
  type ConsumeContext,
  type Ecosystem,
} from '@forge/ecosystems';
import { readBytes, writeText } from '../effects/files';
import { findProgram } from '../effects/programs';
import type { World } from '../effects/world';
import { programsFor } from '../preflight/tools';
import { labelOf, type PublishUnit } from '../plan/publish-unit';
import { lackingIn, lastLines, type Lacking } from './lacking';

export type Installation =
  | { readonly kind: 'installed'; readonly proves: string }
  | Lacking
  | { readonly kind: 'failed'; readonly error: ForgeError };

/** Every ecosystem of the workspace: installing a package of one may build one of another. */
export interface InstallOptions {
  readonly ecosystems: readonly Ecosystem[];
  /** Base URL of the registry. */
  readonly url: string;
  /** Whether that one asks another for what it does not hold. */
  readonly asksOutside: boolean;
  /** Absolute, empty: the home of this consumer. */
  readonly directory: string;
  /** Long builds are no failures; a consumer that waits for ever is. */
  readonly timeoutMs: number;
}

/** Installs what was published of a unit, in a home of its own. */
export async function installUnit(
  unit: PublishUnit,
  world: World,
  options: InstallOptions,
): Promise<Installation> {
  const { consumer } = unit.node.ecosystem.tool;
  const consumption = consumer.install(contextOf(unit, options));
  const homes = options.ecosystems.map(({ tool, endpointsAt }) =>
    tool.consumer.home({ endpoints: endpointsAt(options.url), directory: options.directory }),
  );
  for (const { path, content } of [...homes, consumption].flatMap(({ files }) => files))
    writeText(path, content);
  const env = Object.assign({}, ...homes.map((home) => home.env)) as Record<string, string>;
  for (const command of consumption.commands) {
    const result = await world.build(atHome(command, env, options));
    if (result.exitCode !== 0) return failureOf(unit, command, result, options);
  }
  return { kind: 'installed', proves: consumption.proves };
}

function contextOf(unit: PublishUnit, { directory }: InstallOptions): ConsumeContext {
  const { manifest, ecosystem } = unit.node;
  return {
    manifest,
    directory,
    name: manifest.name,
    version: unit.version,
    endpoints: unit.endpoints,
    artifacts: unit.artifacts.map(({ filename, path }) => ({ filename, bytes: readBytes(path) })),
    programs: programsFor(ecosystem.tool.consumer.needs, findProgram),
  };
}

function atHome(
  command: Command,
  env: Readonly<Record<string, string>>,
  { directory, timeoutMs }: InstallOptions,
): Command {
  return { timeoutMs, ...command, env: { ...env, HOME: directory, ...command.env } };
}

function failureOf(
  unit: PublishUnit,
  command: Command,
  result: CommandResult,
  { asksOutside }: InstallOptions,
): Installation {
  const lacking = lackingIn(unit, result, asksOutside);
  if (lacking) return lacking;
  const called = [command.program.replace(/^.*[\\/]/, ''), ...command.args.slice(0, 2)];
  const ending = result.timedOut ? 'does not end' : `ends with ${result.exitCode}`;
  const shown = called
    .map((part) => part.split('\n')[0])
    .join(' ')
    .trim();
  const what = `\`${labelOf(unit)}\` cannot be used as it was published: \`${shown}\` ${ending}`;
  const at = { where: { file: unit.node.manifest.file }, frame: lastLines(result) };
  return { kind: 'failed', error: new ForgeError('FORGE-W003', { what, ...at }) };
}
