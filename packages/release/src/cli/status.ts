import { ForgeError } from '@forge/ecosystems';
import { findWorkspaceRoot } from '../effects/workspace-files';
import { listReleases, openRelease } from '../record/release-store';
import { describeState, renderStanding } from '../run/describe-state';
import { parseArguments } from './arguments';
import type { CliCommand } from './command';

export const statusCommand: CliCommand = {
  usage: `Usage: forge-release status [ID] [--json] [--root DIR]

How a release stands, by its journal: what is done, what is live, and what to do next. The latest one, unless an ID is
given. Asks no registry and changes nothing.
`,
  async run(argv, from, streams) {
    const types = { root: { type: 'string' }, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArguments(argv, types);
    const root = values.root ?? findWorkspaceRoot(from);
    const [wanted] = positionals;
    const known = listReleases(root);
    const found = wanted === undefined ? known.at(-1) : known.find(({ id }) => id === wanted);
    if (!found) {
      const what =
        wanted === undefined ? 'no release was begun here' : `there is no release \`${wanted}\``;
      throw new ForgeError('FORGE-L012', { what });
    }
    const { planned } = openRelease(root, found.id, () => Date.now());
    const standing = describeState(found.id, planned, found.state);
    streams.out(
      values.json ? `${JSON.stringify(standing, null, 2)}\n` : `${renderStanding(standing)}\n`,
    );
    return 0;
  },
};
