/** What a pattern of tags is filled with. */
export interface TagValues {
  /** Canonical where SemVer can say it. */
  readonly version: string;
  readonly releaseGroupName: string;
  readonly projectName: string;
}

/** The tag of a version by `releaseTag.pattern`. */
export function tagName(pattern: string, { projectName, ...rest }: TagValues): string {
  const values: Readonly<Record<string, string>> = {
    ...rest,
    projectName: nameInTags(projectName),
  };
  return pattern.replaceAll(/\{\s*(\w+)\s*\}/g, (whole, name: string) => values[name] ?? whole);
}

/** As Nx 23.2 writes a project's name into tags (`sanitizeProjectNameForGitTag`): git refuses some characters. */
export function nameInTags(project: string): string {
  return (
    project
      .replaceAll(':', '/')
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\x00-\x1f\x7f ~^?*[\\]/g, '-')
      .replaceAll(/\/+/g, '/')
      .replaceAll(/\.{2,}/g, '.')
      .replaceAll(/^\/+|\/+$/g, '')
  );
}
