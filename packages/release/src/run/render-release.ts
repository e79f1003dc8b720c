import { renderPlan } from '../plan/render-plan';
import type { PreparedRelease } from './prepare-release';

/** Everything that a release will do, for people. The dry run and the real run print this very text. */
export function renderRelease({ planned, release }: PreparedRelease): string {
  const diffs = release.diffs();
  const { files, commitMessage, tags, push, forgeReleases } = planned;
  const others = files.filter(({ kind }) => kind !== 'version');
  return [
    ...(diffs === '' ? [] : ['Changes', diffs]),
    renderPlan(planned.plan),
    ...section(
      'other files',
      others.map(
        ({ path, after, kind }) => `${path}: ${after === null ? `${kind} used up` : kind}`,
      ),
    ),
    ...section('commit', commitMessage.split('\n').filter(Boolean)),
    ...section('rehearsal', rehearsalLines(planned)),
    ...section(
      'tags, each when its packages are live',
      tags.map(({ name }) => name),
    ),
    ...section('push', push ? [`${push.remote} ${push.branch}`] : []),
    ...section(
      'shown as a release',
      forgeReleases.map(({ repository, tag }) => `${repository} ${tag}`),
    ),
  ].join('\n\n');
}

function rehearsalLines({ rehearse, rehearseWith }: PreparedRelease['planned']): string[] {
  if (!rehearse) return [];
  const { network = false, upstreams = [] } = rehearseWith ?? {};
  const others = [...(network ? ['the public registries'] : []), ...upstreams];
  return [
    'on this machine, before the first upload',
    ...others.map((each) => `packages of others come from ${each}`),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [[title, ...lines.map((line) => `  ${line}`)].join('\n')];
}
