import { posix } from 'node:path';
import {
  standingOf,
  type Command,
  type CommandResult,
  type Withdraw,
  type WithdrawContext,
  type WithdrawOutcome,
  type WithdrawWay,
} from '../../model';
import { publishedVersion } from './names';
import { remote } from './remote';

const hour = 3_600_000;

/**
 * npm has no yank. `npm deprecate` warns at every install, and an empty message takes it back. `npm unpublish`
 * removes a version for good (https://docs.npmjs.com/policies/unpublish).
 */
export const withdraw: Withdraw = {
  needs: [{ name: 'npm', anyOf: ['npm'], hint: 'it comes with Node.js; version 10 or newer' }],
  ask: ({ name, version, endpoints }) => remote.lookup(name, version, endpoints),
  read(context, response) {
    const { name, version, endpoints, undo } = context;
    return {
      standing: standingOf(remote.presence(name, version, response, endpoints)),
      ways: undo ? [undeprecate(context)] : [deprecate(context), unpublish(context)],
    };
  },
};

function deprecate(context: WithdrawContext): WithdrawWay {
  return {
    name: 'deprecate',
    means: 'everybody can still install it, and is shown the reason as a warning',
    final: false,
    leaves: 'withdrawn',
    acts: [act(context, 'deprecate', specifier(context), context.reason)],
  };
}

function undeprecate(context: WithdrawContext): WithdrawWay {
  return {
    name: 'undeprecate',
    means: 'the warning is gone',
    final: false,
    leaves: 'live',
    acts: [act(context, 'deprecate', specifier(context), '')],
  };
}

function unpublish(context: WithdrawContext): WithdrawWay {
  return {
    name: 'unpublish',
    means: 'nobody can install it any more, and its number is used up for ever',
    until: 72 * hour,
    condition:
      'no package in the registry depends on it; later also fewer than 300 downloads a week and one owner',
    final: true,
    leaves: 'gone',
    // Without the flag npm refuses to take the last version of a package.
    acts: [act(context, 'unpublish', specifier(context), '--force')],
  };
}

function specifier({ name, version }: WithdrawContext): string {
  return `${name}@${publishedVersion(version)}`;
}

function act(context: WithdrawContext, ...words: readonly string[]): WithdrawWay['acts'][number] {
  return { kind: 'command', command: npm(context, words), classify };
}

const tokenVariable = 'FORGE_NPM_TOKEN';

/** Registry and scope as flags, as for publishing; the settings file names the variable that holds the token. */
function npm(context: WithdrawContext, words: readonly string[]): Command {
  const { name, endpoints, workDir, programs, token, otp } = context;
  const registry = `${(endpoints['registry'] ?? '').replace(/\/+$/, '')}/`;
  const scope = /^@[^/]+(?=\/)/.exec(name)?.[0];
  const userconfig = posix.join(workDir, `npm-withdraw-${name.replace(/\W/g, '-')}.npmrc`);
  const line = `${registry.replace(/^https?:/, '')}:_authToken=\${${tokenVariable}}\n`;
  const flags = [
    `--registry=${registry}`,
    ...(scope === undefined ? [] : [`--${scope}:registry=${registry}`]),
    ...['--fetch-retries=0', '--dry-run=false', '--json=false', '--workspaces=false'],
    ...[`--userconfig=${userconfig}`, '--prefix', workDir],
  ];
  return {
    program: programs['npm'] ?? 'npm',
    args: [...words, ...flags],
    cwd: workDir,
    env: {
      npm_config_cache: posix.join(workDir, 'npm-cache'),
      npm_config_globalconfig: posix.join(workDir, 'npm-global.npmrc'),
      npm_config_update_notifier: 'false',
      HOME: workDir,
    },
    ...(token === undefined
      ? {}
      : {
          secretEnv: {
            [tokenVariable]: token,
            ...(otp === undefined ? {} : { npm_config_otp: otp }),
          },
          privateFiles: [{ path: userconfig, content: line }],
        }),
  };
}

/** Codes of npm 11. */
function classify({ exitCode, stdout, stderr }: CommandResult): WithdrawOutcome {
  if (exitCode === 0) return { kind: 'done' };
  const detail = `${stdout}\n${stderr}`.trim();
  const [, code = ''] = /^npm (?:error|ERR!) code (\w+)/m.exec(detail) ?? [];
  if (/^(?:ENEEDAUTH|E401|EOTP)$/.test(code)) return { kind: 'needs-credentials', detail };
  if (code === 'E403') return { kind: 'forbidden', detail };
  if (/^(?:E429|E5\d\d|ECONN\w+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/.test(code))
    return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}
