import type { Remote } from '../../../model';
import { jsonAnswer } from '../../../text';
import { normalizeName } from '../names';

/** PyPI names owners and maintainers in its JSON since 2025; whose a token is it tells nobody. */
export const owners: NonNullable<Remote['owners']> = {
  ask: (name, { json }) => ({
    method: 'GET',
    url: `${json}/${normalizeName(name)}/json`,
    headers: { accept: 'application/json' },
  }),
  read(response) {
    if (response.status === 404) return { state: 'absent' };
    const ownership = jsonAnswer<{ ownership?: Ownership }>(response)?.ownership;
    if (!ownership?.roles)
      return { state: 'unknown', reason: 'the registry does not say who owns the name' };
    return {
      state: 'known',
      owners: ownership.roles.map(({ user }) => user),
      complete: !ownership.organization,
    };
  },
};

interface Ownership {
  readonly roles?: readonly { readonly user: string }[];
  readonly organization?: string | null;
}
