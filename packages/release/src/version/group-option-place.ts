import { jsonSpans, located, type ForgeError, type Source } from '@forge/ecosystems';

/** Where `nx.json` gives an option of a release group: in the group, or for all groups. */
export function groupOptionPlace(
  nxJson: Source | undefined,
  group: string,
  option: string,
): Pick<ForgeError, 'where' | 'frame'> {
  if (!nxJson) return { where: { file: 'nx.json' }, frame: undefined };
  const spans = jsonSpans(nxJson);
  const rest = ['version', 'versionActionsOptions', option];
  const span =
    spans.find(['release', 'groups', group, ...rest]) ?? spans.find(['release', ...rest]);
  if (!span) return { where: { file: 'nx.json' }, frame: undefined };
  return located(nxJson, span.start, span.end - span.start);
}
