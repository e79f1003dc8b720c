import { posix } from 'node:path';
import type {
  Command,
  CommandResult,
  ConsumeContext,
  Consumer,
  ConsumerFile,
  ConsumerHome,
  ConsumerPlace,
  Consumption,
} from '../../model';
import { captured } from '../../text';
import { publicEndpoints } from './endpoints';
import { readCrate } from './registry/archive';
import { offersOf, type CrateOffers } from './crate-offers';

/**
 * A crate with a library becomes the dependency of a program that is compiled; one with binaries is installed.
 * Dependencies that only a feature asks for are resolved, so that one that is not published is missed here.
 */
export const consumer: Consumer = {
  needs: [{ name: 'cargo', anyOf: ['cargo'], hint: 'install Rust with rustup' }],
  home,
  install,
  lacking,
};

/** crates.io is replaced by the registry, in a home that holds nothing else. */
function home({ endpoints, directory }: ConsumerPlace): ConsumerHome {
  const cargoHome = posix.join(directory, 'cargo-home');
  const replaced = [
    '[registries.forge]',
    `index = "sparse+${endpoints['index']}/"`,
    '',
    '[source.crates-io]',
    'replace-with = "forge"',
  ];
  const lines = endpoints['index'] === publicEndpoints.index ? [] : replaced;
  const content = `# Settings of one consumer.\n${lines.join('\n')}\n`;
  return {
    files: [{ path: posix.join(cargoHome, 'config.toml'), content }],
    env: { CARGO_HOME: cargoHome, CARGO_TERM_COLOR: 'never', CARGO_NET_RETRY: '0' },
    toolchains: { RUSTUP_HOME: '.rustup' },
  };
}

function install(context: ConsumeContext): Consumption {
  const offers = offersIn(context);
  const library = offers.library ? asDependency(context, offers.features) : none;
  const binaries = offers.binaries ? asProgram(context) : none;
  const proofs = [
    offers.library && 'compiled as a dependency',
    offers.features.length > 0 && offers.library && 'resolved with all features',
    offers.binaries && 'its binaries installed',
  ];
  return {
    files: [...library.files, ...binaries.files],
    commands: [...library.commands, ...binaries.commands],
    proves: proofs.filter(Boolean).join(', '),
  };
}

/** What cannot be read is taken for a library: then cargo says what is wrong with it. */
function offersIn({ artifacts }: ConsumeContext): CrateOffers {
  const crates = artifacts.flatMap(({ bytes }) => {
    const crate = readCrate(bytes, 'FORGE-A003');
    return crate.ok ? [offersOf(crate.value)] : [];
  });
  return crates[0] ?? { library: true, binaries: false, features: [] };
}

type Part = Pick<Consumption, 'files' | 'commands'>;

const none: Part = { files: [], commands: [] };

function asDependency(context: ConsumeContext, features: readonly string[]): Part {
  const plain = posix.join(context.directory, 'consumer');
  const full = posix.join(context.directory, 'consumer-of-features');
  const check = cargo(context, plain, ['check', '--quiet']);
  if (features.length === 0) return { files: project(plain, context, []), commands: [check] };
  return {
    files: [...project(plain, context, []), ...project(full, context, features)],
    commands: [check, cargo(context, full, ['generate-lockfile', '--quiet'])],
  };
}

/** Renamed, so that the program need not know what the library calls itself. */
function project(
  directory: string,
  { name, version }: ConsumeContext,
  features: readonly string[],
): readonly ConsumerFile[] {
  const list = features.map((feature) => JSON.stringify(feature)).join(', ');
  const manifest = [
    '[package]',
    'name = "consumer"',
    'version = "0.0.0"',
    'edition = "2021"',
    '',
    '[dependencies.subject]',
    `package = ${JSON.stringify(name)}`,
    `version = ${JSON.stringify(`=${version}`)}`,
    ...(features.length > 0 ? [`features = [${list}]`] : []),
    '',
    '[workspace]',
  ];
  return [
    { path: posix.join(directory, 'Cargo.toml'), content: `${manifest.join('\n')}\n` },
    {
      path: posix.join(directory, 'src/main.rs'),
      content: 'extern crate subject as _;\n\nfn main() {}\n',
    },
  ];
}

function asProgram(context: ConsumeContext): Part {
  const { name, version, directory } = context;
  const root = posix.join(directory, 'installed');
  const args = ['install', name, '--version', `=${version}`, '--root', root, '--debug', '--quiet'];
  return { files: [], commands: [cargo(context, directory, args)] };
}

function cargo({ programs }: ConsumeContext, cwd: string, args: readonly string[]): Command {
  return { program: programs['cargo'] ?? 'cargo', args, cwd };
}

/** Texts of cargo 1.95: a crate that is not there, and one that is not there in the version asked for. */
function lacking({ stderr }: CommandResult): readonly string[] {
  const texts = [
    /no matching package named `([^`]+)` found/g,
    /failed to select a version for the requirement `([^` ]+)/g,
  ];
  return captured(stderr, texts);
}
