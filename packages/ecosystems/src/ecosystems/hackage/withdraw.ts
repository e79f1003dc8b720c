import type {
  HttpResponse,
  Standing,
  Withdraw,
  Withdrawal,
  WithdrawContext,
  WithdrawOutcome,
  WithdrawWay,
} from '../../model';
import { jsonAnswer } from '../../text';
import { authorization } from './access/authorization';
import { parseNative } from './native-version';

/**
 * Hackage never takes a version back. Its maintainers can deprecate versions, which solvers then avoid, with the form
 * at `/package/<name>/preferred/edit`. That form is sent here; it replaces what stood there, so that everything that
 * is deprecated already is said again (hackage-server, `Features/PreferredVersions.hs`).
 */
export const withdraw: Withdraw = {
  needs: [],
  ask: ({ name, endpoints }) => ({
    method: 'GET',
    url: preferredUrl(name, endpoints['repository']),
    headers: { accept: 'application/json' },
  }),
  read(context, response) {
    const native = parseNative(context.version);
    if (native?.candidate !== undefined) return candidate(context, native.released);
    if (response.status === 404) return { standing: 'gone', ways: [] };
    const lists = listsOf(response);
    if (!lists) return { standing: 'unknown', ways: [] };
    return { standing: standingIn(lists, context.version), ways: [preferring(context, lists)] };
  },
};

function preferredUrl(name: string, repository = ''): string {
  return `${repository}/package/${encodeURIComponent(name)}/preferred`;
}

/** A candidate is in no index, and its uploader may delete it whenever he wants to: in a browser. */
function candidate({ name, undo, endpoints }: WithdrawContext, released: string): Withdrawal {
  if (undo)
    return { standing: 'unknown', ways: [], impossible: 'a candidate is uploaded again instead' };
  const url = `${endpoints['repository'] ?? ''}/package/${name}-${released}/candidate/delete`;
  return {
    standing: 'unknown',
    ways: [
      {
        name: 'delete the candidate',
        means: 'nobody can try it any more; no index knew it',
        final: true,
        leaves: 'gone',
        acts: [],
        byHand: { url, steps: 'log in and confirm' },
      },
    ],
  };
}

interface Lists {
  readonly normal: readonly string[];
  readonly deprecated: readonly string[];
  /** Outside of the ranges that the maintainers prefer. */
  readonly unpreferred: readonly string[];
}

/** Undefined for what says nothing of how the version stands. */
function listsOf(response: HttpResponse): Lists | undefined {
  const document = jsonAnswer<Readonly<Record<string, unknown>> | null>(response);
  if (typeof document !== 'object' || document === null) return undefined;
  const list = (key: string): string[] => {
    const value = document[key];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  };
  return {
    normal: list('normal-version'),
    deprecated: list('deprecated-version'),
    unpreferred: list('unpreferred-version'),
  };
}

function standingIn({ normal, deprecated, unpreferred }: Lists, version: string): Standing {
  if (deprecated.includes(version)) return 'withdrawn';
  return [...normal, ...unpreferred].includes(version) ? 'live' : 'gone';
}

function preferring(context: WithdrawContext, lists: Lists): WithdrawWay {
  const { name, version, undo, endpoints } = context;
  const others = lists.deprecated.filter((each) => each !== version);
  const way = {
    name: undo ? 'undeprecate' : 'deprecate',
    means: undo
      ? 'solvers may choose it again'
      : 'solvers choose it only where nothing else fits; everybody can still fetch it',
    final: false,
    leaves: undo ? ('live' as const) : ('withdrawn' as const),
  };
  // The ranges themselves are told nowhere; sending the form without them would take them away.
  if (lists.unpreferred.length > 0) {
    const url = `${preferredUrl(name, endpoints['repository'])}/edit`;
    const steps = `${undo ? 'untick' : 'tick'} ${version} and keep the preferred ranges`;
    return { ...way, acts: [], byHand: { url, steps } };
  }
  return { ...way, acts: [sendForm(context, undo ? others : [...others, version])] };
}

function sendForm(
  context: WithdrawContext,
  deprecated: readonly string[],
): WithdrawWay['acts'][number] {
  const { name, endpoints } = context;
  const fields: [string, string][] = [
    ['preferred', ''],
    ...deprecated.map((version): [string, string] => ['deprecated', version]),
  ];
  return {
    kind: 'request',
    request: {
      method: 'PUT',
      url: preferredUrl(name, endpoints['repository']),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
      ...authorization(context),
    },
    classify,
  };
}

function classify({ status, body }: HttpResponse): WithdrawOutcome {
  if (status >= 200 && status < 400) return { kind: 'done' };
  const detail = `${status} ${Buffer.from(body).toString('utf8').slice(0, 2000)}`.trim();
  if (status === 401) return { kind: 'needs-credentials', detail };
  if (status === 403) return { kind: 'forbidden', detail };
  if (status === 0 || status === 429 || status >= 500) return { kind: 'unreachable', detail };
  return { kind: 'rejected', detail };
}
