import type { Remote } from '../../../model';

/** `/package/NAME/maintainers/` as JSON; everybody may ask. */
export const owners: NonNullable<Remote['owners']> = {
  ask: (name, { repository }) => ({
    method: 'GET',
    url: `${repository}/package/${encodeURIComponent(name)}/maintainers/`,
    headers: { accept: 'application/json' },
  }),
  read({ status, body }) {
    if (status === 404) return { state: 'absent' };
    const members = status === 200 ? membersOf(Buffer.from(body).toString('utf8')) : undefined;
    if (!members) return { state: 'unknown', reason: `the registry answers ${status}` };
    return { state: 'known', owners: members, complete: true };
  },
};

function membersOf(text: string): readonly string[] | undefined {
  try {
    const { members } = JSON.parse(text) as { members?: readonly { username: string }[] };
    return members?.map(({ username }) => username);
  } catch {
    // A page for people: a registry that has no JSON for this.
    return undefined;
  }
}
