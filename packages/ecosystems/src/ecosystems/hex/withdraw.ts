import {
  standingOf,
  type HttpRequest,
  type HttpResponse,
  type Withdraw,
  type WithdrawContext,
  type WithdrawOutcome,
  type WithdrawWay,
} from '../../model';
import { remote } from './remote';

const hour = 3_600_000;

/**
 * What `mix hex.retire`, its `--unretire` and `mix hex.publish --revert` send, as requests of our own: Hex itself need
 * not be installed. hexpm deletes a release for an hour, and any of a package that is less than a day old
 * (`Hexpm.Repository.Release`).
 */
export const withdraw: Withdraw = {
  needs: [],
  ask: ({ name, version, endpoints }) => remote.lookup(name, version, endpoints),
  read(context, response) {
    const { name, version, endpoints, undo } = context;
    return {
      standing: standingOf(remote.presence(name, version, response, endpoints)),
      ways: undo ? [unretire(context)] : [retire(context), revert(context)],
    };
  },
};

/** Longest message that hexpm takes. */
const longestMessage = 140;

function retire(context: WithdrawContext): WithdrawWay {
  const message = context.reason.slice(0, longestMessage);
  return {
    name: 'retire',
    means: 'everybody can still fetch it, and Mix prints the reason as a warning',
    final: false,
    leaves: 'withdrawn',
    acts: [act(context, 'POST', '/retire', JSON.stringify({ reason: 'other', message }))],
  };
}

function unretire(context: WithdrawContext): WithdrawWay {
  return {
    name: 'unretire',
    means: 'the warning is gone',
    final: false,
    leaves: 'live',
    acts: [act(context, 'DELETE', '/retire')],
  };
}

function revert(context: WithdrawContext): WithdrawWay {
  return {
    name: 'revert',
    means:
      'nobody can fetch it any more; the same version may be published again with other content',
    until: hour,
    condition: 'within 24 hours of its first version for a package that is new',
    final: true,
    leaves: 'gone',
    acts: [act(context, 'DELETE', '')],
  };
}

function act(
  { name, version, endpoints, token }: WithdrawContext,
  method: HttpRequest['method'],
  path: string,
  body?: string,
): WithdrawWay['acts'][number] {
  return {
    kind: 'request',
    request: {
      method,
      url: `${endpoints['api']}/packages/${name}/releases/${version}${path}`,
      headers: {
        accept: 'application/json',
        'user-agent': 'forge-release',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(token === undefined ? {} : { secretHeaders: { authorization: token } }),
      ...(body === undefined ? {} : { body }),
    },
    classify,
  };
}

function classify({ status, body }: HttpResponse): WithdrawOutcome {
  if (status >= 200 && status < 300) return { kind: 'done' };
  const text = Buffer.from(body)
    .toString('latin1')
    .replace(/[^\x20-\x7e]+/g, ' ');
  const detail = `${status} ${text.slice(0, 2000)}`.trim();
  if (status === 401) return { kind: 'needs-credentials', detail };
  if (status === 403) return { kind: 'forbidden', detail };
  if (status === 0 || status === 429 || status >= 500) return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}
