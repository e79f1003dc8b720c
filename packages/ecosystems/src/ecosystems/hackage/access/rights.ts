import type { Remote } from '../../../model';
import { jsonAnswer } from '../../../text';

/** `/package/NAME/maintainers/` as JSON; everybody may ask. */
export const owners: NonNullable<Remote['owners']> = {
  ask: (name, { repository }) => ({
    method: 'GET',
    url: `${repository}/package/${encodeURIComponent(name)}/maintainers/`,
    headers: { accept: 'application/json' },
  }),
  read(response) {
    const { status } = response;
    if (status === 404) return { state: 'absent' };
    const members = jsonAnswer<{ members?: readonly { username: string }[] }>(response)?.members;
    if (!members) return { state: 'unknown', reason: `the registry answers ${status}` };
    return { state: 'known', owners: members.map(({ username }) => username), complete: true };
  },
};
