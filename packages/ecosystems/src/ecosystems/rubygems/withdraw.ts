import { posix } from 'node:path';
import {
  standingOf,
  type Command,
  type CommandResult,
  type Withdraw,
  type WithdrawContext,
  type WithdrawOutcome,
} from '../../model';
import { publicEndpoints } from './endpoints';
import { platformOf } from './gem-filename';
import { remote } from './remote';

/**
 * `gem yank` deletes the files of a version, platform by platform, and nobody but the registry's staff brings them
 * back (https://blog.rubygems.org/2015/04/13/permadelete-on-yank.html).
 */
export const withdraw: Withdraw = {
  needs: [{ name: 'gem', anyOf: ['gem'], hint: 'install Ruby, which brings RubyGems' }],
  ask: ({ name, version, endpoints }) => remote.lookup(name, version, endpoints),
  read(context, response) {
    const { name, version, endpoints, undo } = context;
    const presence = remote.presence(name, version, response, endpoints);
    const standing = standingOf(presence);
    if (undo)
      return {
        standing,
        ways: [],
        impossible: 'a yanked gem is deleted, and its number is used up: release a new version',
      };
    const files = presence.state === 'present' ? presence.files : [];
    const platforms = files.map(({ filename }) => platformOf(filename, name));
    return {
      standing,
      ways: [
        {
          name: 'yank',
          means:
            'nobody can install it any more, lock files included, and its number is used up for ever',
          final: true,
          leaves: 'gone',
          acts: [...new Set(platforms)].map((platform) => ({
            kind: 'command',
            command: yank(context, platform),
            classify,
          })),
        },
      ],
    };
  },
};

function yank(context: WithdrawContext, platform: string | undefined): Command {
  const { name, version, endpoints, workDir, programs, token, otp } = context;
  const home = posix.join(workDir, 'gem-home');
  const host = endpoints['host'] ?? '';
  const isPublic = host === publicEndpoints.host;
  return {
    program: programs['gem'] ?? 'gem',
    args: [
      ...['yank', name, '--version', version, '--host', host],
      ...(platform === undefined ? [] : ['--platform', platform]),
    ],
    cwd: workDir,
    env: isPublic ? {} : { HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home },
    // Even an empty key keeps `gem yank` from asking for e-mail and password.
    ...(isPublic && token === undefined
      ? {}
      : {
          secretEnv: {
            GEM_HOST_API_KEY: token ?? '',
            ...(otp === undefined ? {} : { GEM_HOST_OTP_CODE: otp }),
          },
        }),
  };
}

/** `gem yank` of RubyGems 3.3 prints whatever the registry answers and ends with 0, so the words decide. */
function classify({ exitCode, stdout, stderr }: CommandResult): WithdrawOutcome {
  const detail = `${stdout}\n${stderr}`.trim();
  if (exitCode === 0 && detail.includes('Successfully deleted gem')) return { kind: 'done' };
  if (/do not have permission|doesn't have access/.test(detail))
    return { kind: 'forbidden', detail };
  if (/Access Denied|Unauthorized|multi-?factor|credentials/i.test(detail))
    return { kind: 'needs-credentials', detail };
  if (/refused|timed out|Timeout|getaddrinfo|SocketError|Bad Gateway|Unavailable/i.test(detail))
    return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}
