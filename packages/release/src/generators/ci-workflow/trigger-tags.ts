const usual = ['release-*', 'v*'];

/**
 * Tags that start a release. Those that a release makes itself start none: the tag of the version would be there
 * before it, and be pushed by it. Without a wish, the usual ones that are free.
 */
export function triggerTags(
  wanted: readonly string[] | undefined,
  tagPatterns: readonly string[],
): { readonly tags: readonly string[]; readonly taken: readonly string[] } {
  const isTaken = (tag: string): boolean => tagPatterns.some((pattern) => meet(tag, pattern));
  const asked = wanted ?? usual;
  return { tags: asked.filter((tag) => !isTaken(tag)), taken: wanted?.filter(isTaken) ?? [] };
}

/** By what stands before the first wildcard of each: `v*` meets `v{version}`, and not `{projectName}@{version}`. */
function meet(tag: string, pattern: string): boolean {
  const [start = ''] = tag.split(/[*?[+!]/);
  const [own = ''] = pattern.split('{');
  if (start === '') return true;
  if (own === '') return false;
  return own.startsWith(start) || (start.startsWith(own) && /^\d/.test(start.slice(own.length)));
}
