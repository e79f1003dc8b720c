import type { Ecosystem } from '@forge/ecosystems';
import { nameInTags } from '../configuration/tag-name';
import type { Tag } from '../effects/history';
import type { ReleasedProject } from './release-group';

export interface VersionTag extends Tag {
  /** Native spelling. */
  readonly version: string;
}

/**
 * The tag of the highest version of a project, in the order of its ecosystem, so that `0.1.10` comes after `0.1.9`
 * and four parts are as good as three. What fits the pattern and is no version there (the tag of a project
 * whose name begins alike) is none.
 */
export function latestTag(
  { name, group, primary }: ReleasedProject,
  tags: readonly Tag[],
): VersionTag | undefined {
  const pattern = tagExpression(group.tagPattern, name, group.name);
  const own = tags.flatMap((tag) => {
    const text = pattern.exec(tag.name)?.[1];
    const version = primary && text !== undefined ? nativeVersion(primary.ecosystem, text) : text;
    return version === undefined ? [] : [{ ...tag, version }];
  });
  const compare = primary?.ecosystem.versions.compare ?? (() => 0);
  return own.reduce<VersionTag | undefined>(
    (best, tag) => (best && compare(best.version, tag.version) >= 0 ? best : tag),
    undefined,
  );
}

/** Tags say a version canonically where SemVer can, and natively otherwise. */
function nativeVersion({ versions }: Ecosystem, text: string): string | undefined {
  const native = versions.toNative(text);
  if (native.ok) return native.value;
  return versions.isValid(text) ? text : undefined;
}

function tagExpression(pattern: string, project: string, group: string): RegExp {
  const values: Readonly<Record<string, string>> = {
    projectName: escaped(nameInTags(project)),
    releaseGroupName: escaped(group),
    version: '(.+)',
  };
  const parts = pattern.split(/\{\s*(\w+)\s*\}/);
  const body = parts.map((part, index) =>
    index % 2 === 0 ? escaped(part) : (values[part] ?? '.*'),
  );
  return new RegExp(`^${body.join('')}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
