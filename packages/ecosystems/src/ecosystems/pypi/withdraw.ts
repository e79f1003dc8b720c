import {
  standingOf,
  type HttpResponse,
  type Withdraw,
  type WithdrawContext,
  type WithdrawOutcome,
  type WithdrawWay,
} from '../../model';
import { publicEndpoints } from './endpoints';
import { normalizeName } from './names';
import { remote } from './remote';

/**
 * PEP 592 has a mark for yanked files, but PyPI has no API that sets it: owners do it in a browser. A server of our
 * own has a route for it.
 */
export const withdraw: Withdraw = {
  needs: [],
  ask: ({ name, version, endpoints }) => remote.lookup(name, version, endpoints),
  read(context, response) {
    const { name, version, endpoints, undo } = context;
    return {
      standing: standingOf(remote.presence(name, version, response, endpoints)),
      ways: undo ? [yank(context)] : [yank(context), ...removal(context)],
    };
  },
};

function yank(context: WithdrawContext): WithdrawWay {
  const { undo } = context;
  const way = {
    name: undo ? 'unyank' : 'yank',
    means: undo
      ? 'installers choose it again'
      : 'installers pass it over, unless exactly this version is asked for (`==`), as in a lock file',
    final: false,
    leaves: undo ? ('live' as const) : ('withdrawn' as const),
  };
  if (!isPublic(context)) return { ...way, acts: [mark(context)] };
  const steps = undo ? 'Options → Un-yank' : `Options → Yank, reason: ${context.reason}`;
  return { ...way, acts: [], byHand: { url: releasePage(context), steps } };
}

function removal(context: WithdrawContext): readonly WithdrawWay[] {
  if (!isPublic(context)) return [];
  return [
    {
      name: 'delete',
      means: 'nobody can install it any more, and its file names are used up for ever',
      final: true,
      leaves: 'gone',
      acts: [],
      byHand: { url: releasePage(context), steps: 'Options → Delete' },
    },
  ];
}

function isPublic({ endpoints }: WithdrawContext): boolean {
  return endpoints['json'] === publicEndpoints.json;
}

/** Where the owners of a project manage one release, on the host of the JSON API. */
function releasePage({ name, version, endpoints }: WithdrawContext): string {
  const { origin } = new URL(endpoints['json'] ?? publicEndpoints.json);
  return `${origin}/manage/project/${normalizeName(name)}/release/${encodeURIComponent(version)}/`;
}

/** Our own server's route, below the JSON document of the release. */
function mark(context: WithdrawContext): WithdrawWay['acts'][number] {
  const { name, version, undo, endpoints, token, reason } = context;
  const basic = Buffer.from(`__token__:${token ?? ''}`).toString('base64');
  return {
    kind: 'request',
    request: {
      method: undo ? 'DELETE' : 'PUT',
      url: `${endpoints['json']}/${normalizeName(name)}/${encodeURIComponent(version)}/yank`,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      ...(token === undefined ? {} : { secretHeaders: { authorization: `Basic ${basic}` } }),
      ...(undo ? {} : { body: JSON.stringify({ reason }) }),
    },
    classify,
  };
}

function classify({ status, body }: HttpResponse): WithdrawOutcome {
  if (status >= 200 && status < 300) return { kind: 'done' };
  const detail = `${status} ${Buffer.from(body).toString('utf8').slice(0, 2000)}`.trim();
  if (status === 401) return { kind: 'needs-credentials', detail };
  if (status === 403) return { kind: 'forbidden', detail };
  if (status === 0 || status === 429 || status >= 500) return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}
