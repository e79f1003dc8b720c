import { jsonSpans, locatedSpan, type Source } from '@forge/ecosystems';

/** Where `nx.json` gives an option of a release group: in the group, or for all groups. */
export function groupOptionPlace(
  nxJson: Source | undefined,
  group: string,
  option: string,
): ReturnType<typeof locatedSpan> {
  if (!nxJson) return { where: { file: 'nx.json' } };
  const spans = jsonSpans(nxJson);
  const rest = ['version', 'versionActionsOptions', option];
  const ofGroup = spans.find(['release', 'groups', group, ...rest]);
  return locatedSpan(nxJson, ofGroup ?? spans.find(['release', ...rest]));
}
