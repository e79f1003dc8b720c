import { join } from 'node:path';
import { readIfPresent } from '../effects/files';

/** `release` of nx.json, as far as a release reads it beside Nx. */
export interface ReleaseSettings {
  readonly git?: {
    readonly commitMessage?: string;
    readonly push?: boolean;
    readonly pushRemote?: string;
  };
  readonly version?: { readonly specifierSource?: string; readonly conventionalCommits?: boolean };
  readonly conventionalCommits?: unknown;
  readonly versionPlans?: unknown;
  readonly changelog?: { readonly workspaceChangelog?: unknown };
  readonly groups?: Readonly<Record<string, ReleaseSettings>>;
}

export function readReleaseSettings(root: string): ReleaseSettings {
  const bytes = readIfPresent(join(root, 'nx.json'));
  const json = bytes ? (JSON.parse(Buffer.from(bytes).toString()) as object) : {};
  return (json as { readonly release?: ReleaseSettings }).release ?? {};
}

/** Where the changelog of the whole workspace stands; undefined where none is kept. The default is that of Nx 23. */
export function workspaceChangelogFile({ changelog }: ReleaseSettings): string | undefined {
  const setting = changelog?.workspaceChangelog;
  if (setting === false) return undefined;
  const { file = 'CHANGELOG.md' } = (typeof setting === 'object' ? setting : {}) as {
    readonly file?: string | false;
  };
  return file === false ? undefined : file.replace(/^\{workspaceRoot\}\//, '');
}

/** Where the changelog of the workspace is to be shown, as nx.json says it; undefined for nowhere. */
export function createReleaseIn(workspaceChangelog: unknown): unknown {
  if (typeof workspaceChangelog !== 'object' || workspaceChangelog === null) return undefined;
  return (workspaceChangelog as { readonly createRelease?: unknown }).createRelease || undefined;
}

/** True when Nx would ask for the version on the terminal: nobody gave one, and nothing says where it comes from. */
export function wouldAsk(settings: ReleaseSettings): boolean {
  const all = [settings, ...Object.values(settings.groups ?? {})];
  return !all.some(({ version, versionPlans }) => {
    const { specifierSource = 'prompt', conventionalCommits = false } = version ?? {};
    return Boolean(versionPlans) || conventionalCommits || specifierSource !== 'prompt';
  });
}
