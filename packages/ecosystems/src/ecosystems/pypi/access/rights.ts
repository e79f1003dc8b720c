import type { Remote } from '../../../model';
import { normalizeName } from '../names';

/** PyPI names owners and maintainers in its JSON since 2025; whose a token is it tells nobody. */
export const owners: NonNullable<Remote['owners']> = {
  ask: (name, { json }) => ({
    method: 'GET',
    url: `${json}/${normalizeName(name)}/json`,
    headers: { accept: 'application/json' },
  }),
  read({ status, body }) {
    if (status === 404) return { state: 'absent' };
    const ownership = status === 200 ? ownershipOf(Buffer.from(body).toString('utf8')) : undefined;
    if (!ownership?.roles)
      return { state: 'unknown', reason: 'the registry does not say who owns the name' };
    return {
      state: 'known',
      owners: ownership.roles.map(({ user }) => user),
      complete: !ownership.organization,
    };
  },
};

interface OwnershipDocument {
  readonly roles?: readonly { readonly user: string }[];
  readonly organization?: string | null;
}

function ownershipOf(text: string): OwnershipDocument | undefined {
  try {
    return (JSON.parse(text) as { ownership?: OwnershipDocument }).ownership;
  } catch {
    // A proxy's page, not a registry's answer.
    return undefined;
  }
}
