import type { HttpRequest } from '@forge/ecosystems';
import type { ForgeRelease } from '../record/planned-release';

/** A place where repositories live and releases are shown. */
interface Forge {
  /** Where its API stands for a host. */
  api(hostname: string): string;
  readonly hostname: string;
  /** Variables that hold a token, in their order, with the header that each of them goes into. */
  readonly tokens: readonly (readonly [variable: string, header: string, prefix: string])[];
  find(release: ForgeRelease): HttpRequest;
  create(release: ForgeRelease): HttpRequest;
  /** `found` is the answer to `find`. */
  update(release: ForgeRelease, found: unknown): HttpRequest;
}

const json = { 'content-type': 'application/json', accept: 'application/json' };

/** REST API of GitHub, version 2022-11-28. */
const github: Forge = {
  hostname: 'github.com',
  api: (hostname) =>
    hostname === 'github.com' ? 'https://api.github.com' : `https://${hostname}/api/v3`,
  tokens: [
    ['GITHUB_TOKEN', 'authorization', 'Bearer '],
    ['GH_TOKEN', 'authorization', 'Bearer '],
  ],
  find: ({ apiBaseUrl, repository, tag }) => ({
    ...{ method: 'GET', headers: json },
    url: `${apiBaseUrl}/repos/${repository}/releases/tags/${encodeURIComponent(tag)}`,
  }),
  create: (release) => ({
    ...{ method: 'POST', headers: json, body: githubBody(release) },
    url: `${release.apiBaseUrl}/repos/${release.repository}/releases`,
  }),
  update: (release, found) => ({
    ...{ method: 'PATCH', headers: json, body: githubBody(release) },
    url: `${release.apiBaseUrl}/repos/${release.repository}/releases/${String((found as { id: number }).id)}`,
  }),
};

function githubBody({ tag, title, body, isPrerelease }: ForgeRelease): string {
  return JSON.stringify({ tag_name: tag, name: title, body, prerelease: isPrerelease });
}

/** Releases API of GitLab 17; the token of a CI job may create and update, and has a header of its own. */
const gitlab: Forge = {
  hostname: 'gitlab.com',
  api: (hostname) => `https://${hostname}/api/v4`,
  tokens: [
    ['GITLAB_TOKEN', 'private-token', ''],
    ['GL_TOKEN', 'private-token', ''],
    ['CI_JOB_TOKEN', 'job-token', ''],
  ],
  find: (release) => ({ method: 'GET', url: gitlabUrl(release, release.tag), headers: json }),
  create: (release) => ({
    ...{ method: 'POST', url: gitlabUrl(release), headers: json },
    body: JSON.stringify({ tag_name: release.tag, name: release.title, description: release.body }),
  }),
  update: (release) => ({
    ...{ method: 'PUT', url: gitlabUrl(release, release.tag), headers: json },
    body: JSON.stringify({ name: release.title, description: release.body }),
  }),
};

function gitlabUrl({ apiBaseUrl, repository }: ForgeRelease, tag?: string): string {
  const all = `${apiBaseUrl}/projects/${encodeURIComponent(repository)}/releases`;
  return tag === undefined ? all : `${all}/${encodeURIComponent(tag)}`;
}

/** By the names that `changelog.createRelease` of nx.json knows. */
export const forges: Readonly<Record<string, Forge>> = {
  github,
  'github-enterprise-server': github,
  gitlab,
};
