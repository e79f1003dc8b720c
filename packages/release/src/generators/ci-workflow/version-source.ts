import { wouldAsk, type ReleaseSettings } from '../../run/nx-settings';

/** Where versions come from: `plans` that are merged, `computed` by other settings of Nx, or `asked` of a person. */
export type VersionSource = 'plans' | 'computed' | 'asked';

export function versionSource(settings: ReleaseSettings): VersionSource {
  const all = [settings, ...Object.values(settings.groups ?? {})];
  if (all.some(({ versionPlans }) => Boolean(versionPlans))) return 'plans';
  return wouldAsk(settings) ? 'asked' : 'computed';
}

/** True where releases are shown on the forge, which takes a token of its own. */
export function showsReleases(settings: ReleaseSettings): boolean {
  return /"createRelease":(?!false)/.test(JSON.stringify(settings));
}
