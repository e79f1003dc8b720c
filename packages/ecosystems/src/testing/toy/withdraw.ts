import { standingOf, type HttpResponse, type Withdraw, type WithdrawOutcome } from '../../model';
import { remote } from './remote';

/** Toys can be hidden and shown again; for a minute they can be broken. */
export const withdraw: Withdraw = {
  needs: [],
  ask: ({ name, version, endpoints }) => remote.lookup(name, version, endpoints),
  read(context, response) {
    const { name, version, endpoints, undo, token, reason } = context;
    const url = `${endpoints['api']}/packages/${name}/${version}`;
    const secretHeaders = { authorization: `Bearer ${token ?? ''}` };
    const standing = standingOf(remote.presence(name, version, response, endpoints));
    const hidden = {
      method: undo ? 'DELETE' : 'POST',
      url: `${url}/hidden`,
      secretHeaders,
    } as const;
    const way = undo
      ? { name: 'show', means: 'everybody sees it', leaves: 'live' as const }
      : { name: 'hide', means: 'nobody sees it', leaves: 'withdrawn' as const };
    const breaking = {
      name: 'break',
      means: 'nobody has it any more',
      until: 60_000,
      final: true,
      leaves: 'gone' as const,
      acts: [
        {
          kind: 'request' as const,
          request: { method: 'DELETE', url, secretHeaders } as const,
          classify,
        },
      ],
    };
    const act = { kind: 'request' as const, request: { ...hidden, body: reason }, classify };
    const hiding = { ...way, final: false, acts: [act] };
    return { standing, ways: undo ? [hiding] : [hiding, breaking] };
  },
};

function classify({ status, body }: HttpResponse): WithdrawOutcome {
  const detail = Buffer.from(body).toString() || String(status);
  if (status >= 200 && status < 300) return { kind: 'done' };
  if (status === 401) return { kind: 'needs-credentials', detail };
  if (status === 403) return { kind: 'forbidden', detail };
  return status === 0 || status >= 500
    ? { kind: 'unreachable', detail }
    : { kind: 'rejected', detail };
}
