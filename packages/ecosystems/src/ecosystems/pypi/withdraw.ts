import {
  standingOf,
  type HttpRequest,
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
 * PEP 592 has a mark for yanked files, but PyPI has no API that sets it: owners do it in a browser. A Forge registry
 * has routes for it.
 */
export const withdraw: Withdraw = {
  needs: [],
  ask: ({ name, version, endpoints }) => remote.lookup(name, version, endpoints),
  read(context, response) {
    const { name, version, endpoints, undo } = context;
    const standing = standingOf(remote.presence(name, version, response, endpoints));
    const management = managementOf(context);
    if (!isPublic(context) && management === undefined)
      return { standing, ways: [], impossible: 'nothing is known of how this index yanks' };
    const yanking = yank(context, management);
    return { standing, ways: undo ? [yanking] : [yanking, removal(context, management)] };
  },
};

function yank(context: WithdrawContext, management: string | undefined): WithdrawWay {
  const { undo, reason } = context;
  const way = {
    name: undo ? 'unyank' : 'yank',
    means: undo
      ? 'installers choose it again'
      : 'installers pass it over, unless exactly this version is asked for (`==`), as in a lock file',
    final: false,
    leaves: undo ? ('live' as const) : ('withdrawn' as const),
  };
  if (management === undefined) {
    const steps = undo ? 'Options → Un-yank' : `Options → Yank, reason: ${reason}`;
    return { ...way, acts: [], byHand: { url: releasePage(context), steps } };
  }
  const url = `${management}/yank`;
  return {
    ...way,
    acts: [undo ? act(context, 'DELETE', url) : act(context, 'PUT', url, { reason })],
  };
}

function removal(context: WithdrawContext, management: string | undefined): WithdrawWay {
  const way = {
    name: 'delete',
    means: 'nobody can install it any more, and its file names are used up for ever',
    final: true,
    leaves: 'gone' as const,
  };
  if (management !== undefined)
    return { ...way, acts: [act(context, 'DELETE', `${management}/files`)] };
  return { ...way, acts: [], byHand: { url: releasePage(context), steps: 'Options → Delete' } };
}

function isPublic({ endpoints }: WithdrawContext): boolean {
  return endpoints['json'] === publicEndpoints.json;
}

/** Where the owners of a project manage one release, on the host of the JSON API. */
function releasePage({ name, version, endpoints }: WithdrawContext): string {
  const { origin } = new URL(endpoints['json'] ?? publicEndpoints.json);
  return `${origin}/manage/project/${normalizeName(name)}/release/${encodeURIComponent(version)}/`;
}

/** The release in the management API of a Forge registry, whose JSON documents stand below `/pypi/pypi`. */
function managementOf({ name, version, endpoints }: WithdrawContext): string | undefined {
  const base = /^(.*)\/pypi\/pypi\/?$/.exec(endpoints['json'] ?? '')?.[1];
  const path = `api/v1/packages/pypi/${normalizeName(name)}/${encodeURIComponent(version)}`;
  return base === undefined ? undefined : `${base}/${path}`;
}

function act(
  { token }: WithdrawContext,
  method: HttpRequest['method'],
  url: string,
  body?: object,
): WithdrawWay['acts'][number] {
  const request: HttpRequest = {
    method,
    url,
    headers: { 'content-type': 'application/json' },
    ...(token === undefined ? {} : { secretHeaders: { authorization: `Bearer ${token}` } }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  return { kind: 'request', request, classify };
}

function classify({ status, body }: HttpResponse): WithdrawOutcome {
  if (status >= 200 && status < 300) return { kind: 'done' };
  const detail = `${status} ${Buffer.from(body).toString('utf8').slice(0, 2000)}`.trim();
  if (status === 401) return { kind: 'needs-credentials', detail };
  if (status === 403) return { kind: 'forbidden', detail };
  if (status === 0 || status === 429 || status >= 500) return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}
