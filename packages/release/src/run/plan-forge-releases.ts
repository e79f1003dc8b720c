import { fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { remoteUrl } from '../effects/git-state';
import type { ForgeRelease } from '../record/planned-release';
import { forges } from './forges';
import type { ChangelogEntry } from './nx-release';

/** What nx.json says of the place where releases are shown, as Nx resolves it. */
interface CreateRelease {
  readonly provider: string;
  readonly hostname?: string;
  readonly apiBaseUrl?: string;
}

/** The releases to show, one for each changelog entry that nx.json wants shown. FORGE-L013 where it cannot be. */
export async function planForgeReleases(
  root: string,
  entries: readonly ChangelogEntry[],
  ofWorkspace: unknown,
  remote: string,
): Promise<Result<readonly ForgeRelease[]>> {
  const wanted = entries.flatMap((entry) => {
    const setting = entry.group?.changelog ? entry.group.changelog.createRelease : undefined;
    const create = createReleaseOf(entry.group ? setting : ofWorkspace);
    return create ? [{ entry, create }] : [];
  });
  if (wanted.length === 0) return ok([]);
  const url = await remoteUrl(root, remote);
  const planned: ForgeRelease[] = [];
  for (const { entry, create } of wanted) {
    const forge = forges[create.provider];
    const hostname = create.hostname ?? forge?.hostname ?? '';
    const repository = repositoryOf(url, hostname);
    if (!forge || repository === undefined) return fail(noPlace(create, remote, url));
    planned.push({
      ...{
        tag: entry.tag,
        title: entry.tag,
        body: entry.contents,
        isPrerelease: entry.isPrerelease,
      },
      ...{ provider: create.provider, repository },
      apiBaseUrl: create.apiBaseUrl ?? forge.api(hostname),
    });
  }
  return ok(planned);
}

function createReleaseOf(setting: unknown): CreateRelease | undefined {
  if (typeof setting === 'string') return { provider: setting };
  return setting ? (setting as CreateRelease) : undefined;
}

/** `owner/name`, with groups above it, of `https://host/…` and `git@host:…`. */
export function repositoryOf(url: string | undefined, hostname: string): string | undefined {
  const escaped = hostname.replaceAll('.', String.raw`\.`);
  const pattern = new RegExp(String.raw`(?:^|@|//)${escaped}(?::\d+)?[:/](.+?)(?:\.git)?/?$`);
  return pattern.exec(url ?? '')?.[1];
}

function noPlace({ provider, hostname }: CreateRelease, remote: string, url?: string): ForgeError {
  const at = hostname === undefined ? '' : ` at \`${hostname}\``;
  const what = `nx.json wants releases shown by \`${provider}\`${at}, and the remote \`${remote}\` is ${url === undefined ? 'not there' : `\`${redacted(url)}\``}`;
  return new ForgeError('FORGE-L013', {
    what,
    fix: 'correct `createRelease` in nx.json, or the remote',
  });
}

/** A URL may carry a password. */
function redacted(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
