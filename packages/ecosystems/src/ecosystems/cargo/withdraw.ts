import { posix } from 'node:path';
import { digest } from '../../archive';
import {
  standingOf,
  type Command,
  type CommandResult,
  type Withdraw,
  type WithdrawContext,
  type WithdrawOutcome,
} from '../../model';
import { publicEndpoints } from './endpoints';
import { remote } from './remote';

/** `cargo yank`, at any time, and its undo. A crate is never deleted by its owner once others may need it. */
export const withdraw: Withdraw = {
  needs: [{ name: 'cargo', anyOf: ['cargo'], hint: 'install Rust with rustup' }],
  ask: ({ name, version, endpoints }) => remote.lookup(name, version, endpoints),
  read(context, response) {
    const { name, version, endpoints, undo } = context;
    const way = undo
      ? { name: 'unyank', means: 'new projects resolve to this version again' }
      : {
          name: 'yank',
          means:
            'no new project resolves to this version; whoever has it in a lock file still gets it',
        };
    return {
      standing: standingOf(remote.presence(name, version, response, endpoints)),
      ways: [
        {
          ...way,
          final: false,
          leaves: undo ? 'live' : 'withdrawn',
          acts: [{ kind: 'command', command: yank(context), classify }],
        },
      ],
    };
  },
};

function yank(context: WithdrawContext): Command {
  const { name, version, undo, endpoints, programs, workDir, token } = context;
  const isPublic = endpoints['index'] === publicEndpoints.index;
  const registry = isPublic ? 'crates-io' : 'forge';
  const index = `sparse+${endpoints['index']}/`;
  const home = posix.join(workDir, `home-${digest('sha256', index).slice(0, 12)}`);
  const variable = isPublic ? 'CARGO_REGISTRY_TOKEN' : 'CARGO_REGISTRIES_FORGE_TOKEN';
  return {
    program: programs['cargo'] ?? 'cargo',
    args: [
      ...['yank', name, '--version', version, ...(undo ? ['--undo'] : [])],
      ...['--registry', registry],
    ],
    cwd: workDir,
    passEnv: isPublic
      ? ['CARGO_HOME', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN']
      : ['RUSTUP_HOME', 'RUSTUP_TOOLCHAIN'],
    env: {
      CARGO_TERM_COLOR: 'never',
      CARGO_NET_RETRY: '1',
      ...(isPublic
        ? {}
        : {
            CARGO_HOME: home,
            CARGO_REGISTRIES_FORGE_INDEX: index,
            CARGO_REGISTRIES_FORGE_CREDENTIAL_PROVIDER: 'cargo:token',
          }),
    },
    ...(token !== undefined && { secretEnv: { [variable]: token } }),
  };
}

/** Texts of cargo 1.95, which prints the registry's own words and its status; addresses and versions hold numbers, too. */
function classify({ exitCode, stdout, stderr }: CommandResult): WithdrawOutcome {
  if (exitCode === 0) return { kind: 'done' };
  const detail = `${stdout}\n${stderr}`.trim();
  if (/no token found|please run `cargo login`|(?:\(status|got) 401/.test(detail))
    return { kind: 'needs-credentials', detail };
  if (/(?:\(status|got) 403|must already be an owner|not an owner/.test(detail))
    return { kind: 'forbidden', detail };
  if (/\[(?:6|7|28|35|52|56)\]|(?:\(status|got) (?:429|5\d\d)|spurious network error/.test(detail))
    return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}
